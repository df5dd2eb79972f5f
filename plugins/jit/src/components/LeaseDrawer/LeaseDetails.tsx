import { Lease, LeaseEvent } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { describeLease, partLeft, Reader, rightsOn } from '../../words';
import { EntityName } from '../EntityName';
import { EnvironmentDetails } from '../EnvironmentDetails';
import { LeaseActions, useLeaseActions } from '../LeaseActions';
import { LeaseStanding } from '../LeaseRow';
import { Problem } from '../Problem';
import { StateMark } from '../StateMark';
import { LeaseFacts } from './LeaseFacts';
import { Timeline } from './Timeline';

const useStyles = makeStyles(theme => ({
  standing: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    margin: theme.spacing(2, 0),
  },
  actions: { margin: theme.spacing(2, 0) },
  heading: { margin: theme.spacing(3, 0, 1) },
}));

interface LeaseDetailsProps {
  lease: Lease;
  events: LeaseEvent[];
  reader: Reader;
  /** Whether its reader has come to extend it. */
  extending?: boolean;
}

/** Where a lease stands, what is known about it, and all that happened to it. */
export const LeaseDetails = (props: LeaseDetailsProps) => {
  const { lease, events, reader } = props;
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow();
  const actions = useLeaseActions(lease);
  const words = describeLease(t, lease, { now, endAsked: actions.endAsked });

  return (
    <>
      {lease.entityRef && (
        <Typography variant="body1">
          <EntityName entityRef={lease.entityRef} link />
        </Typography>
      )}
      <div className={classes.standing}>
        <StateMark look={words.look} part={partLeft(lease, now)} />
        <div>
          <LeaseStanding lease={lease} words={words} />
          {lease.kind === 'infrastructure' && (
            <EnvironmentDetails lease={lease} now={now} />
          )}
        </div>
      </div>
      {!actions.endAsked && (
        <div className={classes.actions}>
          <LeaseActions
            lease={lease}
            rights={rightsOn(lease, reader)}
            now={now}
            actions={actions}
            extending={props.extending}
          />
        </div>
      )}
      {actions.error && <Problem error={actions.error} />}
      <LeaseFacts lease={lease} now={now} />
      <Typography variant="h6" component="h3" className={classes.heading}>
        {t('drawer.events')}
      </Typography>
      <Timeline events={events} now={now} />
    </>
  );
};
