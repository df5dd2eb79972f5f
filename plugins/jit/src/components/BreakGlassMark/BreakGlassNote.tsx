import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useNow } from '../../hooks';
import { formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { isReviewable } from '../../words';
import { EntityName } from '../EntityName';
import { BreakGlassMark } from './BreakGlassMark';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(0.5, 0) },
}));

/** That a lease was not approved, why it was asked for all the same, and how its review stands. Nothing of any other lease. */
export const BreakGlassNote = ({ lease }: { lease: Lease }) => {
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(60_000);
  if (!lease.breakGlass) {
    return null;
  }
  const { reviewDueAt, reviewedAt, reviewedBy, undeliveredSince } =
    lease.breakGlass;
  return (
    <div className={classes.root}>
      <BreakGlassMark />
      {lease.reason && (
        <Typography variant="body2">
          {t('breakGlass.because', { reason: lease.reason })}
        </Typography>
      )}
      {undeliveredSince && (
        <Typography variant="body2">
          {t('breakGlass.undelivered', {
            time: formatInstant(undeliveredSince, { now }),
          })}
        </Typography>
      )}
      {reviewedAt && reviewedBy && (
        <Typography variant="body2">
          {t('breakGlass.reviewedBy', {
            time: formatInstant(reviewedAt, { now }),
          })}{' '}
          <EntityName entityRef={reviewedBy} />
        </Typography>
      )}
      {isReviewable(lease) && (
        <Typography variant="body2">
          {Date.parse(reviewDueAt) > now
            ? t('breakGlass.reviewDue', {
                time: formatInstant(reviewDueAt, { now }),
              })
            : t('breakGlass.reviewOverdue')}
        </Typography>
      )}
    </div>
  );
};
