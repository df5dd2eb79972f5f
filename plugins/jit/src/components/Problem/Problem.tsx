import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import { useTranslate } from '../../translation';
import { describeProblem } from '../../words';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    borderLeft: `4px solid ${theme.palette.error.main}`,
    overflowWrap: 'anywhere',
  },
  spaced: { marginBottom: theme.spacing(3) },
  icon: { color: theme.palette.error.main, flex: 'none' },
  text: { minWidth: 0 },
  button: { marginTop: theme.spacing(1) },
}));

interface ProblemProps {
  error: Error;
  onRetry?: () => void;
  /** Set when what is shown beside it is from before the failure. */
  stale?: boolean;
  /** Whether it keeps its distance from what stands below it. */
  spaced?: boolean;
}

/** What went wrong and what to do about it, said at once to a screen reader too. */
export const Problem = ({ error, onRetry, stale, spaced }: ProblemProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { title, said, advice, retry, signIn } = describeProblem(t, error);

  return (
    <div
      className={`${classes.root} ${spaced ? classes.spaced : ''}`}
      role="alert"
    >
      <ErrorOutlineIcon className={classes.icon} aria-hidden />
      <div className={classes.text}>
        <Typography variant="body2">
          <strong>{title}</strong>
        </Typography>
        {said && <Typography variant="body2">{said}</Typography>}
        {advice && <Typography variant="body2">{advice}</Typography>}
        {stale && <Typography variant="body2">{t('problem.stale')}</Typography>}
        {signIn && (
          <Button
            className={classes.button}
            size="small"
            variant="outlined"
            onClick={() => window.location.reload()}
          >
            {t('problem.signIn')}
          </Button>
        )}
        {retry && onRetry && (
          <Button
            className={classes.button}
            size="small"
            variant="outlined"
            onClick={onRetry}
          >
            {t('problem.retry')}
          </Button>
        )}
      </div>
    </div>
  );
};
