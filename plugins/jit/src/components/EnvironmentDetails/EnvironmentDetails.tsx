import { Link } from '@backstage/core-components';
import { Lease, leaseLink } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { describeEnvironment } from '../../words';

const useStyles = makeStyles(theme => ({
  root: { overflowWrap: 'anywhere' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    margin: theme.spacing(1, 0, 0),
    '& dd': { margin: 0, userSelect: 'all' },
  },
}));

const Fact = ({ name, value }: { name: string; value: string }) => (
  <>
    <Typography component="dt" variant="body2" color="textSecondary">
      {name}
    </Typography>
    <dd>{isWebAddress(value) ? <Link to={value}>{value}</Link> : value}</dd>
  </>
);

interface EnvironmentDetailsProps {
  lease: Lease;
  now: number;
}

/** How infrastructure is used, what it costs, and how it is reached; nothing for what has none of that. */
export const EnvironmentDetails = ({ lease, now }: EnvironmentDetailsProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const lines = describeEnvironment(t, lease, now);
  const facts =
    lease.state === 'active' ? Object.entries(lease.facts ?? {}) : [];

  return (
    <div className={classes.root}>
      {lines.map(line => (
        <Typography key={line} variant="body2">
          {line}
        </Typography>
      ))}
      {lease.restores && (
        <Typography variant="body2">
          <Link to={leaseLink('', lease.restores)}>{t('restore.from')}</Link>
        </Typography>
      )}
      {facts.length > 0 && (
        <Typography
          component="dl"
          variant="body2"
          className={classes.facts}
          aria-label={t('environment.facts')}
        >
          {facts.map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </Typography>
      )}
    </div>
  );
};

function isWebAddress(value: string): boolean {
  return /^https?:\/\/\S+$/.test(value);
}
