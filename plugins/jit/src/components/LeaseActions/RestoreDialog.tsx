import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { Action } from '../../hooks';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';
import { ActionDialog } from '../ActionDialog';
import { ReasonField } from '../Field';

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
    <ActionDialog
      id="jit-restore-title"
      title={t('restore.title', { title })}
      cancel={t('restore.cancel')}
      confirm={t('restore.confirm')}
      disabled={restore.busy}
      error={restore.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography>
        {t('restore.text', { duration: durationWords(t, lease.durationMs) })}
      </Typography>
      <ReasonField
        id="jit-restore-reason"
        label={t('restore.reason')}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
    </ActionDialog>
  );
};
