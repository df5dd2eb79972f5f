import { ApprovalStepStatus } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useNow } from '../../hooks';
import { formatInstant, formatInstantFully } from '../../time';
import { useTranslate } from '../../translation';
import { EntityName } from '../EntityName';

interface DecisionLineProps {
  decision: ApprovalStepStatus['decisions'][number];
}

/** Who decided what and when, and what they said to it. */
export const DecisionLine = ({ decision }: DecisionLineProps) => {
  const t = useTranslate();
  const time = formatInstant(decision.at, { now: useNow(30_000) });
  return (
    <Typography
      variant="body2"
      component="div"
      title={formatInstantFully(decision.at)}
    >
      <EntityName entityRef={decision.by} />{' '}
      {t(
        decision.decision === 'approve'
          ? 'progress.approvedAt'
          : 'progress.deniedAt',
        { time },
      )}
      {decision.comment && `: “${decision.comment}”`}
    </Typography>
  );
};
