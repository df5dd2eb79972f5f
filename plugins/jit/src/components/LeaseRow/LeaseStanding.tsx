import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import { LeaseWords } from '../../words';
import { BreakGlassNote } from '../BreakGlassMark';
import { ExtensionStanding } from './ExtensionStanding';
import { Headline } from './Headline';
import { isUpToPeople, RequestStanding } from './RequestStanding';

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
  /** One part of a bundle: what people decide about all of it stands there. */
  part?: boolean;
}

/** Where a lease stands, in words. */
export const LeaseStanding = ({ lease, words, part }: LeaseStandingProps) => {
  const classes = useStyles();

  return (
    <div className={classes.root}>
      {isUpToPeople(lease) && !part ? (
        <RequestStanding lease={lease} words={words} />
      ) : (
        <Headline lease={lease} text={words.headline} beside={words.beside} />
      )}
      {lease.extensionAsked && !lease.endAskedFor && !part && (
        <ExtensionStanding asked={lease.extensionAsked} />
      )}
      <BreakGlassNote lease={lease} />
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
