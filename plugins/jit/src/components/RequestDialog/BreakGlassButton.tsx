import Button from '@material-ui/core/Button';
import ReportProblemIcon from '@material-ui/icons/ReportProblemOutlined';
import { useState } from 'react';
import { useTranslate } from '../../translation';
import { Askable } from './Askable';
import { BreakGlassDialog } from './BreakGlassDialog';
import { useWarningStyles } from './useWarningStyles';

interface BreakGlassButtonProps {
  offer: Askable;
  entityRef?: string;
  /** What else is to be known of it just now. */
  note?: string;
  /** It was done. */
  onDone?: () => void;
}

/** Opens what breaks the glass; by itself it breaks nothing. */
export const BreakGlassButton = (props: BreakGlassButtonProps) => {
  const { offer, entityRef, note, onDone } = props;
  const classes = useWarningStyles();
  const t = useTranslate();
  const [open, setOpen] = useState(false);

  return (
    <>
      <Button
        size="small"
        variant="outlined"
        className={classes.outlined}
        startIcon={<ReportProblemIcon className={classes.icon} />}
        aria-haspopup="dialog"
        aria-label={t('breakGlass.buttonOf', { title: offer.title })}
        onClick={() => setOpen(true)}
      >
        {t('breakGlass.button')}
      </Button>
      {open && (
        <BreakGlassDialog
          offer={offer}
          entityRef={entityRef}
          note={note}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onDone?.();
          }}
        />
      )}
    </>
  );
};
