import { Lease } from '@backstage-jit/plugin-jit-common';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { formatInstant, formatInstantFully } from '../../time';
import { Translate, useTranslate } from '../../translation';
import { describeLease } from '../../words';
import { BreakGlassMark } from '../BreakGlassMark';
import { EntityName } from '../EntityName';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '2fr 3fr 3fr 3fr',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1.25, 2.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 0 },
    '& > *': { minWidth: 0, overflowWrap: 'anywhere' },
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: '1fr 1fr' },
  },
  title: { textAlign: 'left', fontWeight: 700, overflowWrap: 'anywhere' },
}));

interface TrailRowProps {
  lease: Lease;
  now: number;
  onOpen: (lease: Lease) => void;
}

/** Who had what, where and when, and how it stands. */
export const TrailRow = ({ lease, now, onOpen }: TrailRowProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { subject, requester, profileTitle, entityRef } = lease;
  const { headline, lines } = describeLease(t, lease, { now });

  return (
    <li className={classes.root}>
      <div>
        <Typography variant="body2">
          <strong>
            <EntityName entityRef={subject} />
          </strong>
        </Typography>
        {requester !== subject && (
          <Typography variant="body2" color="textSecondary">
            {t('trail.via')} <EntityName entityRef={requester} />
          </Typography>
        )}
      </div>
      <div>
        <Link
          component="button"
          type="button"
          variant="body2"
          className={classes.title}
          aria-label={t('lease.historyOf', { title: profileTitle })}
          onClick={() => onOpen(lease)}
        >
          {profileTitle}
        </Link>
        {entityRef && (
          <Typography variant="body2">
            <EntityName entityRef={entityRef} link />
          </Typography>
        )}
      </div>
      <Typography variant="body2" title={formatInstantFully(beginOf(lease))}>
        {spanWords(t, lease, now)}
      </Typography>
      <div>
        {lease.breakGlass && <BreakGlassMark />}
        <Typography variant="body2">{headline}</Typography>
        {lines.slice(0, 1).map(line => (
          <Typography key={line} variant="body2" color="textSecondary">
            {line}
          </Typography>
        ))}
      </div>
    </li>
  );
};

function beginOf({ grantedAt, requestedAt }: Lease): string {
  return grantedAt ?? requestedAt;
}

function spanWords(t: Translate, lease: Lease, now: number): string {
  const at = (instant: string) => formatInstant(instant, { now });
  const end = lease.verifiedAt ?? lease.endedAt;
  if (!lease.grantedAt) {
    return t('trail.never', { time: at(lease.requestedAt) });
  }
  return lease.state === 'revoked' && end
    ? t('trail.span', { from: at(lease.grantedAt), to: at(end) })
    : t('trail.spanLive', { from: at(lease.grantedAt) });
}
