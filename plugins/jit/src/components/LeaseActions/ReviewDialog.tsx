import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { FormEvent, useState } from 'react';
import { useAction } from '../../hooks';
import { useTranslate } from '../../translation';
import { BreakGlassNote } from '../BreakGlassMark';
import { Field } from '../Field';
import { Problem } from '../Problem';

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
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setInsisted(true);
    if (comment && (await review.run({ comment }))) {
      onClose();
    }
  };
  const missing = insisted && !comment;

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby="jit-review-title"
    >
      <form onSubmit={submit} noValidate>
        <DialogTitle id="jit-review-title" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </DialogTitle>
        <DialogContent style={{ overflowWrap: 'anywhere' }}>
          <BreakGlassNote lease={lease} />
          <DialogContentText>{t('breakGlass.reviewText')}</DialogContentText>
          <Field
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
            // Opened to be typed in at once.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            fullWidth
            multiline
            maxRows={6}
            variant="outlined"
            inputProps={{ maxLength: 1000 }}
          />
          {review.error && <Problem error={review.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('breakGlass.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={review.busy}
          >
            {t('breakGlass.reviewed')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
