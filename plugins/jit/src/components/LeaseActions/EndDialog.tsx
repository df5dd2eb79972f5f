import { Lease } from '@backstage-jit/plugin-jit-common';
import { Action } from '../../hooks';
import { useTranslate } from '../../translation';
import { nameOf, stillToCost } from '../../words';
import { ReasonDialog } from '../ActionDialog';

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
  const spared = stillToCost(lease, now);
  const text = t(textOf(lease, own), { subject: nameOf(lease.subject), title });

  return (
    <ReasonDialog
      id="jit-end"
      title={t(own ? 'endDialog.ownTitle' : 'endDialog.title')}
      text={
        spared
          ? `${text} ${t('environment.wouldSpare', { amount: spared })}`
          : text
      }
      cancel={t('endDialog.cancel')}
      confirm={t('endDialog.confirm')}
      label={t(own ? 'endDialog.ownWhy' : 'endDialog.why')}
      action={end}
      onConfirm={why => end.run({ why })}
      onClose={onClose}
    />
  );
};

function textOf({ kind }: Lease, own: boolean) {
  if (kind === 'access') {
    return 'endDialog.text' as const;
  }
  return own ? ('endDialog.ownText' as const) : ('endDialog.goesText' as const);
}
