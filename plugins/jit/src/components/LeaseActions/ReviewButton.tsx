import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { useTranslate } from '../../translation';
import { nameOf } from '../../words';
import { ReviewDialog } from './ReviewDialog';

/** For who may review what went in without approval. */
export const ReviewButton = ({ lease }: { lease: Lease }) => {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const names = {
    title: lease.profileTitle,
    subject: nameOf(lease.subject),
  };
  return (
    <>
      <Button
        size="small"
        variant="contained"
        color="primary"
        aria-haspopup="dialog"
        aria-label={t('breakGlass.reviewOf', names)}
        onClick={() => setOpen(true)}
      >
        {t('breakGlass.review')}
      </Button>
      {open && (
        <ReviewDialog
          lease={lease}
          title={t('breakGlass.reviewTitle', names)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
};
