import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useState } from 'react';
import { Action } from '../../hooks';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';
import { Field } from '../Field';
import { Problem } from '../Problem';

interface RestoreDialogProps {
  lease: Lease;
  title: string;
  restore: Action<{ reason?: string }>;
  onClose: () => void;
}

/** It is a request as any, so it says what comes of it, and why can be told anew. */
export const RestoreDialog = (props: RestoreDialogProps) => {
  const { lease, title, restore, onClose } = props;
  const t = useTranslate();
  const [reason, setReason] = useState(lease.reason ?? '');
  const confirm = async () => {
    if (await restore.run({ reason: reason.trim() || undefined })) {
      onClose();
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="jit-restore-title"
    >
      <DialogTitle id="jit-restore-title" style={{ overflowWrap: 'anywhere' }}>
        {t('restore.title', { title })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText>
          {t('restore.text', {
            duration: durationWords(t, lease.durationMs),
          })}
        </DialogContentText>
        <Field
          id="jit-restore-reason"
          label={t('restore.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          fullWidth
          multiline
          inputProps={{ maxLength: 1000 }}
        />
        {restore.error && <Problem error={restore.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('restore.cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={restore.busy}
          onClick={confirm}
        >
          {t('restore.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
