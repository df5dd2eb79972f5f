import { Answer, ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import { Live, useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { describeConnection } from '../../words';
import { Problem } from '../Problem';
import { Section } from './Section';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    listStyle: 'none',
    padding: 0,
    margin: 0,
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

interface ConnectionsProps {
  connections: Live<Answer<{ items: ConnectionHealth[] }>>;
}

/** How the systems behind the portal are. */
export const Connections = ({ connections }: ConnectionsProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(30_000);
  const { value, error, refresh } = connections;
  const items = value?.items ?? [];
  if (!items.length && !error) {
    return null;
  }
  return (
    <Section title={t('page.connections')}>
      {error && (
        <Problem
          spaced
          error={error}
          onRetry={refresh}
          stale={Boolean(value)}
        />
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
    </Section>
  );
};
