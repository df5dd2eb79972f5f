import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { Action } from '../../hooks';
import { useTranslate } from '../../translation';
import { nameOf, stillToCost } from '../../words';
import { ActionDialog } from '../ActionDialog';
import { ReasonField } from '../Field';

interface EndDialogProps {
  lease: Lease;
  title: string;
  now: number;
  /** Whether it is the reader's own. */
  own: boolean;
  end: Action<{ why?: string }>;
  onClose: () => void;
}

/** Somebody else loses something, or what is lost cannot be made again: that is asked twice, and with a why. */
export const EndDialog = (props: EndDialogProps) => {
  const { lease, title, now, own, end, onClose } = props;
  const t = useTranslate();
  const [why, setWhy] = useState('');
  const spared = stillToCost(lease, now);
  const confirm = async () => {
    if (await end.run({ why: why.trim() || undefined })) {
      onClose();
    }
  };

  return (
    <ActionDialog
      id="jit-end-title"
      title={t(own ? 'endDialog.ownTitle' : 'endDialog.title')}
      cancel={t('endDialog.cancel')}
      confirm={t('endDialog.confirm')}
      disabled={end.busy}
      error={end.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography>
        {t(textOf(lease, own), { subject: nameOf(lease.subject), title })}
        {spared && ` ${t('environment.wouldSpare', { amount: spared })}`}
      </Typography>
      <ReasonField
        id="jit-end-why"
        label={t(own ? 'endDialog.ownWhy' : 'endDialog.why')}
        value={why}
        onChange={event => setWhy(event.target.value)}
      />
    </ActionDialog>
  );
};

function textOf({ kind }: Lease, own: boolean) {
  if (kind === 'access') {
    return 'endDialog.text' as const;
  }
  return own ? ('endDialog.ownText' as const) : ('endDialog.goesText' as const);
}
