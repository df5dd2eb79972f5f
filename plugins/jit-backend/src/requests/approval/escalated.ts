import { Instant } from '../../leases/records';
import { approvalsOf, openStepOf } from './judge';
import { StepRecord } from './StepRecord';

/** The steps, the open one with more people to decide when nobody has answered it for as long as it says. */
export function escalated(steps: StepRecord[], now: Instant): StepRecord[] {
  const open = openStepOf(steps);
  return steps.map(step => {
    const { escalation, openedAt, escalatedAt } = step;
    const isDue =
      step === open &&
      escalation !== undefined &&
      escalatedAt === undefined &&
      openedAt !== undefined &&
      openedAt + escalation.afterMs <= now &&
      approvalsOf(step) === 0;
    return isDue ? { ...step, escalatedAt: now } : step;
  });
}
