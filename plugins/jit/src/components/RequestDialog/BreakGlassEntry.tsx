import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { Askable } from './Askable';
import { BreakGlassButton } from './BreakGlassButton';
import { useWarningStyles } from './useWarningStyles';

interface BreakGlassEntryProps {
  offer: Askable;
  entityRef: string;
  onDone: () => void;
}

/** The way round the approval, apart from all else in the dialog. */
export const BreakGlassEntry = (props: BreakGlassEntryProps) => {
  const classes = useWarningStyles();
  const t = useTranslate();
  return (
    <div className={classes.box}>
      <Typography variant="body2">{t('breakGlass.entry')}</Typography>
      <BreakGlassButton {...props} />
    </div>
  );
};
