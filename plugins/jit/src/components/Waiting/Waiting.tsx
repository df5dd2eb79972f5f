import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useEffect, useState } from 'react';
import { useTranslate } from '../../translation';

const WORDS_AFTER_MS = 800;
const LONG_AFTER_MS = 6_000;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    minHeight: 48,
    padding: theme.spacing(1, 0),
  },
  spinner: { flex: 'none' },
}));

interface WaitingProps {
  /** What is being waited for; that the portal was asked when not given. */
  children?: string;
}

/** Never a bare spinner for long: it says what is waited for, and after a while that nothing is lost. */
export const Waiting = ({ children }: WaitingProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const timers = [WORDS_AFTER_MS, LONG_AFTER_MS].map(ms =>
      setTimeout(() => setWaited(ms), ms),
    );
    return () => timers.forEach(clearTimeout);
  }, []);

  return (
    <div className={classes.root} role="status">
      {waited >= WORDS_AFTER_MS && (
        <>
          <CircularProgress className={classes.spinner} size={20} aria-hidden />
          <Typography variant="body2">
            {waited >= LONG_AFTER_MS
              ? t('problem.waitingLong')
              : children ?? t('problem.waiting')}
          </Typography>
        </>
      )}
    </div>
  );
};
