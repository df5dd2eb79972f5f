import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useState } from 'react';
import { Action } from '../../hooks';
import { useTranslate } from '../../translation';
import { nameOf, stillToCost } from '../../words';
import { Field } from '../Field';
import { Problem } from '../Problem';

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
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="jit-end-title"
    >
      <DialogTitle id="jit-end-title">
        {t(own ? 'endDialog.ownTitle' : 'endDialog.title')}
      </DialogTitle>
      <DialogContent>
        <DialogContentText style={{ overflowWrap: 'anywhere' }}>
          {t(textOf(lease, own), {
            subject: nameOf(lease.subject),
            title,
          })}
          {spared && ` ${t('environment.wouldSpare', { amount: spared })}`}
        </DialogContentText>
        <Field
          id="jit-end-why"
          label={t(own ? 'endDialog.ownWhy' : 'endDialog.why')}
          value={why}
          onChange={event => setWhy(event.target.value)}
          fullWidth
          // Opened to be typed in at once.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          multiline
          inputProps={{ maxLength: 1000 }}
        />
        {end.error && <Problem error={end.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('endDialog.cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={end.busy}
          onClick={confirm}
        >
          {t('endDialog.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};

function textOf({ kind }: Lease, own: boolean) {
  if (kind === 'access') {
    return 'endDialog.text' as const;
  }
  return own ? ('endDialog.ownText' as const) : ('endDialog.goesText' as const);
}
