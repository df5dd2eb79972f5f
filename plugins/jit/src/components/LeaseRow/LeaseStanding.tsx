import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import { formatInstantFully } from '../../time';
import { LeaseWords } from '../../words';
import { WaitingFor } from './WaitingFor';

const useStyles = makeStyles(theme => ({
  root: { overflowWrap: 'anywhere' },
  trouble: {
    display: 'flex',
    gap: theme.spacing(0.75),
    marginTop: theme.spacing(0.5),
  },
  icon: {
    color: theme.palette.error.main,
    fontSize: 18,
    marginTop: 2,
    flex: 'none',
  },
}));

interface LeaseStandingProps {
  lease: Lease;
  words: LeaseWords;
}

/** Where a lease stands, in words; the whole of its end on hover. */
export const LeaseStanding = ({ lease, words }: LeaseStandingProps) => {
  const classes = useStyles();
  const end = lease.verifiedAt ?? lease.expiresAt ?? lease.startsAt;

  return (
    <div className={classes.root}>
      <Typography
        variant="body2"
        title={end ? formatInstantFully(end) : undefined}
      >
        <strong>{words.headline}</strong>
        {words.beside.map(each => ` · ${each}`)}
      </Typography>
      {lease.state === 'requested' && <WaitingFor lease={lease} />}
      {words.lines.map(line => (
        <Typography key={line} variant="body2" color="textSecondary">
          {line}
        </Typography>
      ))}
      {words.trouble.length > 0 && (
        <div className={classes.trouble}>
          <ErrorOutlineIcon className={classes.icon} aria-hidden />
          <div>
            {words.trouble.map(line => (
              <Typography key={line} variant="body2">
                {line}
              </Typography>
            ))}
          </div>
        </div>
      )}
    </div>
  );
};
