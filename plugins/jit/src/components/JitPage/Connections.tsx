import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import { useConnections, useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { describeConnection } from '../../words';
import { Problem } from '../Problem';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    listStyle: 'none',
    padding: 0,
    margin: theme.spacing(1, 0, 4),
  },
  connection: {
    display: 'flex',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 1.5),
    maxWidth: 420,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    overflowWrap: 'anywhere',
  },
  ok: { color: theme.palette.success.main },
  paused: { color: theme.palette.warning.main },
  bad: { color: theme.palette.error.main },
}));

/** How the systems behind the portal are. */
export const Connections = () => {
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(30_000);
  const { value, error, refresh } = useConnections();
  const items = value?.items ?? [];
  if (!items.length && !error) {
    return null;
  }
  return (
    <section aria-label={t('page.connections')}>
      <Typography variant="h6" component="h2">
        {t('page.connections')}
      </Typography>
      {error && (
        <Box marginTop={1}>
          <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
        </Box>
      )}
      <ul className={classes.root}>
        {items.map(each => (
          <li key={each.connection} className={classes.connection}>
            {each.state === 'ok' && (
              <CheckCircleIcon className={classes.ok} aria-hidden />
            )}
            {each.state === 'paused' && (
              <PauseIcon className={classes.paused} aria-hidden />
            )}
            {each.state !== 'ok' && each.state !== 'paused' && (
              <ErrorOutlineIcon className={classes.bad} aria-hidden />
            )}
            <div>
              <Typography variant="body2">
                <strong>{each.connection}</strong>{' '}
                {describeConnection(t, each, now)}
                {' · '}
                {t('page.connectionLeases', { count: each.leases })}
              </Typography>
              {each.message && (
                <Typography variant="body2" color="textSecondary">
                  {each.message}
                </Typography>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
