import { ApprovalStepStatus, Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useLive } from '../../hooks';
import { useTranslate } from '../../translation';
import { nameOf } from '../../words';

/** Whom a request still waits for. */
export const WaitingFor = ({ lease }: { lease: Lease }) => {
  const t = useTranslate();
  const { value } = useLive({
    key: lease.requestId,
    load: (api, signal) => api.getRequest(lease.requestId, { signal }),
  });
  const open = (value?.request.steps ?? []).filter(step => missing(step) > 0);

  return (
    <>
      {open.slice(0, 1).map(step => (
        <Typography key="step" variant="body2" color="textSecondary">
          {t('status.waitingForStep', {
            missing: String(missing(step)),
            of: String(step.count),
            approvers: step.approvers.map(nameOf).join(` ${t('status.or')} `),
          })}
        </Typography>
      ))}
    </>
  );
};

function missing({ count, decisions }: ApprovalStepStatus): number {
  return (
    count - decisions.filter(({ decision }) => decision === 'approve').length
  );
}
