import stringify from 'safe-stable-stringify';
import { ApproverRule, TargetRules } from '../../policy';
import { StepRules } from './StepRecord';

/** A lease that is asked for, as its approval depends on it. */
export interface ApprovablePart {
  /** None when it is granted by rule. */
  steps: StepRules[];
}

/**
 * The steps of a request from those of its parts. A step that several parts have in common is decided once; the order that each part's
 * profile gives holds.
 */
export function stepsOf(parts: ApprovablePart[]): StepRules[] {
  const merged: StepRules[] = [];
  for (const { steps } of parts) {
    let from = 0;
    for (const step of steps) {
      const at = findStep(merged, step, from);
      if (at < 0) {
        merged.push(step);
      }
      from = at < 0 ? merged.length : at + 1;
    }
  }
  return merged;
}

/** Who receives it agrees, when somebody else asks, or an agent in their name. */
export const CONSENT: StepRules = { approvers: [], count: 1, consent: true };

/** The rules of a profile's steps, each with the target whose owners it means. */
export function rulesOfSteps(options: {
  steps: StepRules[];
  targets: TargetRules | undefined;
  entityRef: string | undefined;
}): StepRules[] {
  const { steps, targets, entityRef } = options;
  return steps.map(step =>
    targets && entityRef && namesOwners(step)
      ? { ...step, owned: { entityRef, targets } }
      : step,
  );
}

/** Whether all that the fresh steps ask for is among the kept ones, in that order. */
export function coversSteps(kept: StepRules[], fresh: StepRules[]): boolean {
  let from = 0;
  return fresh.every(step => {
    const at = findStep(kept, step, from);
    from = at + 1;
    return at >= 0;
  });
}

/** Where the same step is, from a place on; -1 for nowhere. */
function findStep(steps: StepRules[], step: StepRules, from: number): number {
  const key = keyOf(step);
  return steps.findIndex(
    (known, index) => index >= from && keyOf(known) === key,
  );
}

function keyOf({
  approvers,
  count,
  escalation,
  owned,
  consent,
}: StepRules): string | undefined {
  return stringify({ approvers, count, escalation, owned, consent });
}

function namesOwners({ approvers, escalation }: StepRules): boolean {
  const rules: ApproverRule[] = [...approvers, ...(escalation?.to ?? [])];
  return rules.some(rule => rule.kind === 'owner');
}
