import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useAction } from '../../hooks';
import { useTranslate } from '../../translation';
import { ActionDialog } from '../ActionDialog';
import { BreakGlassNote } from '../BreakGlassMark';
import { ReasonField } from '../Field';

interface ReviewDialogProps {
  lease: Lease;
  title: string;
  onClose: () => void;
}

/** Says that one has looked at what went in without approval, and what one found. */
export const ReviewDialog = ({ lease, title, onClose }: ReviewDialogProps) => {
  const t = useTranslate();
  const [text, setText] = useState('');
  const [insisted, setInsisted] = useState(false);
  const comment = text.trim();
  const review = useAction<{ comment: string }>((api, body, options) =>
    api.reviewLease(lease.id, body, options),
  );
  const confirm = async () => {
    setInsisted(true);
    if (comment && (await review.run({ comment }))) {
      onClose();
    }
  };
  const missing = insisted && !comment;

  return (
    <ActionDialog
      id="jit-review-title"
      title={title}
      cancel={t('breakGlass.cancel')}
      confirm={t('breakGlass.reviewed')}
      disabled={review.busy}
      error={review.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <BreakGlassNote lease={lease} />
      <Typography>{t('breakGlass.reviewText')}</Typography>
      <ReasonField
        id="jit-review-comment"
        label={t('breakGlass.comment')}
        required
        value={text}
        onChange={event => {
          review.reset();
          setText(event.target.value);
        }}
        error={missing}
        helperText={missing ? t('breakGlass.commentMissing') : undefined}
      />
    </ActionDialog>
  );
};
