import { Lease } from '@backstage-jit/plugin-jit-common';
import { Action } from '../../hooks';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';
import { ReasonDialog } from '../ActionDialog';

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
  const duration = durationWords(t, lease.durationMs);
  return (
    <ReasonDialog
      id="jit-restore"
      title={t('restore.title', { title })}
      text={t('restore.text', { duration })}
      cancel={t('restore.cancel')}
      confirm={t('restore.confirm')}
      label={t('restore.reason')}
      reason={lease.reason}
      action={restore}
      onConfirm={reason => restore.run({ reason })}
      onClose={onClose}
    />
  );
};
