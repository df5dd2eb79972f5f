import { useApi } from '@backstage/core-plugin-api';
import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import { useRef } from 'react';
import { jitApiRef } from '../../api';
import { useNow } from '../../hooks';
import { clockOf } from '../../time';
import { useTranslate } from '../../translation';
import {
  describeLease,
  partLeft,
  Reader,
  rightsOn,
  rightsOnPart,
} from '../../words';
import { CredentialsPanel, useCredentials } from '../Credentials';
import { EntityName } from '../EntityName';
import { EnvironmentDetails } from '../EnvironmentDetails';
import { LeaseActions, useLeaseActions } from '../LeaseActions';
import { Problem } from '../Problem';
import { StateMark } from '../StateMark';
import { LeaseStanding } from './LeaseStanding';
import { stepOf } from './stepOf';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '40px minmax(0, 1fr) auto',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(1),
    alignItems: 'center',
    padding: theme.spacing(1.5, 2.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 0 },
    '&:focus': { outline: 'none' },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: '40px minmax(0, 1fr)',
    },
  },
  narrow: {
    gridTemplateColumns: '40px minmax(0, 1fr)',
    '& $actions': { gridColumn: '2' },
  },
  card: {
    padding: theme.spacing(2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    '&:last-child': { borderBottom: `1px solid ${theme.palette.divider}` },
  },
  mark: { alignSelf: 'start' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1),
    alignItems: 'baseline',
    overflowWrap: 'anywhere',
  },
  title: {
    textAlign: 'left',
    fontWeight: 700,
    overflowWrap: 'anywhere',
  },
  actions: {
    [theme.breakpoints.down('sm')]: { gridColumn: '2' },
  },
  below: { gridColumn: '1 / -1', minWidth: 0 },
}));

export interface LeaseRowProps {
  lease: Lease;
  reader: Reader;
  /** Whether to say on what it is; not needed on the page of that thing. */
  showTarget?: boolean;
  /** A frame of its own, for a lease that stands beside others. */
  card?: boolean;
  /** What can be done stands below, where there is little room beside it. As in a card. */
  narrow?: boolean;
  /** One part of a bundle: what is done with the whole of it stands there. */
  part?: boolean;
  onOpen: (lease: Lease) => void;
}

/** One lease: where it stands, what can be done with it, and its credentials while they are shown. */
export const LeaseRow = (props: LeaseRowProps) => {
  const { lease, reader, showTarget, card, narrow, part, onOpen } = props;
  const classes = useStyles();
  const t = useTranslate();
  const clock = clockOf(useApi(jitApiRef));
  const now = useNow(stepOf(lease, clock.now()));
  const actions = useLeaseActions(lease);
  const credentials = useCredentials(lease, now);
  const row = useRef<HTMLLIElement>(null);

  const words = describeLease(t, lease, {
    now,
    endAsked: actions.endAsked,
  });
  const foreign = reader.me !== undefined && reader.me !== lease.subject;

  return (
    <li
      ref={row}
      className={[
        classes.root,
        card && classes.card,
        (card || narrow) && classes.narrow,
      ]
        .filter(Boolean)
        .join(' ')}
      tabIndex={-1}
    >
      <div className={classes.mark}>
        <StateMark
          look={words.look}
          part={words.look === 'busy' ? undefined : partLeft(lease, now)}
        />
      </div>
      <div>
        <div className={classes.head}>
          <Link
            component="button"
            type="button"
            variant="body1"
            className={classes.title}
            aria-label={t('lease.historyOf', { title: lease.profileTitle })}
            onClick={() => onOpen(lease)}
          >
            {lease.profileTitle}
          </Link>
          {showTarget && lease.entityRef && (
            <Typography variant="body2" component="span">
              <EntityName entityRef={lease.entityRef} link />
            </Typography>
          )}
          {foreign && (
            <Typography variant="body2" component="span">
              {t('lease.for')} <EntityName entityRef={lease.subject} />
            </Typography>
          )}
        </div>
        <LeaseStanding lease={lease} words={words} part={part} />
        {lease.kind === 'infrastructure' && (
          <EnvironmentDetails lease={lease} now={now} />
        )}
      </div>
      {!actions.endAsked && (
        <div className={classes.actions}>
          <LeaseActions
            lease={lease}
            rights={(part ? rightsOnPart : rightsOn)(lease, reader)}
            now={now}
            actions={actions}
            credentials={credentials}
            // The button that was pressed goes away.
            onEnded={() => row.current?.focus()}
          />
        </div>
      )}
      {actions.error && (
        <div className={classes.below}>
          <Problem error={actions.error} />
        </div>
      )}
      {(credentials.value ||
        credentials.busy ||
        credentials.error ||
        credentials.over) && (
        <div className={classes.below}>
          <CredentialsPanel lease={lease} now={now} credentials={credentials} />
        </div>
      )}
    </li>
  );
};
