import { useApi } from '@backstage/core-plugin-api';
import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { jitApiRef } from '../../api';
import { useNow } from '../../hooks';
import { clockOf } from '../../time';
import { useTranslate } from '../../translation';
import { rightsOnBundle } from '../../words';
import { RequestSteps } from '../ApprovalSteps';
import { LeaseActions, useLeaseActions } from '../LeaseActions';
import {
  ExtensionStanding,
  isUpToPeople,
  LeaseRow,
  LeaseRowProps,
  stepOf,
} from '../LeaseRow';
import { Problem } from '../Problem';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1.5, 2.5, 0.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 0 },
  },
  card: {
    padding: theme.spacing(2, 2, 0.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    '&:last-child': { borderBottom: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 2),
    alignItems: 'center',
    justifyContent: 'space-between',
    overflowWrap: 'anywhere',
  },
  parts: {
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    borderLeft: `3px solid ${theme.palette.divider}`,
  },
}));

interface BundleProps extends Omit<LeaseRowProps, 'lease' | 'narrow' | 'part'> {
  /** In their order; at least one. */
  parts: Lease[];
}

/** Several leases that were asked for and end as one: what is done with all of them, and each as it stands. */
export const Bundle = ({ parts, card, ...row }: BundleProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const [first] = parts;
  const clock = clockOf(useApi(jitApiRef));
  const now = useNow(stepOf(first, clock.now()));
  const actions = useLeaseActions(first);
  const title = first.bundle?.title ?? first.profileTitle;

  return (
    <li className={`${classes.root} ${card ? classes.card : ''}`}>
      <div className={classes.head}>
        <div>
          <Typography variant="body1">
            <strong>{title}</strong>
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('bundle.asOne', { count: first.bundle?.parts ?? parts.length })}
          </Typography>
          {isUpToPeople(first) && <RequestSteps requestId={first.requestId} />}
          {first.extensionAsked && !first.endAskedFor && (
            <ExtensionStanding asked={first.extensionAsked} />
          )}
        </div>
        {!actions.endAsked && (
          <LeaseActions
            lease={first}
            title={title}
            rights={rightsOnBundle(first, row.reader)}
            now={now}
            actions={actions}
          />
        )}
      </div>
      {actions.error && <Problem error={actions.error} />}
      <ul className={classes.parts} aria-label={t('bundle.parts', { title })}>
        {parts.map(part => (
          <LeaseRow key={part.id} lease={part} part narrow={card} {...row} />
        ))}
      </ul>
    </li>
  );
};
