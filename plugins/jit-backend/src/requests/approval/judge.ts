import { describeRules, isAmong, Subject } from '../../policy';
import { Instant } from '../../leases/records';
import { DecisionRecord, StepRecord, StepRules } from './StepRecord';

/** What is decided about: nobody decides about what they ask for or receive. Who receives it can only agree to being given it. */
export interface Judged {
  requester: string;
  subject: string;
  steps: StepRecord[];
}

export type Verdict =
  /** The decision counts, and others are needed. */
  | { outcome: 'waiting'; steps: StepRecord[] }
  /** Everything that the policy asks for is there. */
  | { outcome: 'approved'; steps: StepRecord[] }
  | { outcome: 'denied'; steps: StepRecord[] }
  /** The rule that does not let the person decide, as a sentence. */
  | { outcome: 'not-allowed'; rule: string }
  /** They have decided already. */
  | { outcome: 'decided-already'; rule: string };

/**
 * What becomes of a request by one more decision. Earlier ones count only while their people are still named by the step they decided.
 *
 * @param options - `people`: everybody who has decided, as the catalog knows them now. Who is not in it counts for nothing.
 */
export function judge(options: {
  request: Judged;
  by: Subject;
  decision: 'approve' | 'deny';
  comment?: string;
  people: ReadonlyMap<string, Subject>;
  now: Instant;
}): Verdict {
  const { request, by, decision, comment, people, now } = options;
  const steps = countingSteps(request, people);
  const open = openStepOf(steps);
  const agrees = open?.consent === true && by.ref === request.subject;
  const isOwn = by.ref === request.requester || by.ref === request.subject;
  if (isOwn && !agrees) {
    return {
      outcome: 'not-allowed',
      rule: 'Nobody decides about what they ask for, or receive, themselves',
    };
  }
  if (!open) {
    return { outcome: 'decided-already', rule: 'Nothing is left to decide' };
  }
  if (steps.some(step => step.decisions.some(each => each.by === by.ref))) {
    return {
      outcome: 'decided-already',
      rule: 'You have approved this already: one person counts once in a whole request',
    };
  }
  if (!isAmong(deciders(open), by)) {
    return {
      outcome: 'not-allowed',
      rule: `Only ${describeStep(open)} can decide at this step`,
    };
  }
  const made: DecisionRecord = {
    by: by.ref,
    decision,
    at: now,
    ...(comment && { comment }),
  };
  const after = opened(
    steps.map(step =>
      step === open ? { ...step, decisions: [...step.decisions, made] } : step,
    ),
    now,
  );
  if (decision === 'deny') {
    return { outcome: 'denied', steps: after };
  }
  return openStepOf(after)
    ? { outcome: 'waiting', steps: after }
    : { outcome: 'approved', steps: after };
}

/** The steps with those approvals that count by the catalog of now, each person in the first step that has them. */
export function countingSteps(
  request: Judged,
  people: ReadonlyMap<string, Subject>,
): StepRecord[] {
  const counted = new Set([request.requester, request.subject]);
  return request.steps.map(step => ({
    ...step,
    decisions: step.decisions.filter(({ by, decision }) => {
      const person = people.get(by);
      const counts =
        decision === 'approve' &&
        person !== undefined &&
        (step.consent ? by === request.subject : !counted.has(by)) &&
        isAmong(deciders(step), person);
      if (counts) {
        counted.add(by);
      }
      return counts;
    }),
  }));
}

/** The first step that lacks approvals; undefined when none does. */
export function openStepOf(steps: StepRecord[]): StepRecord | undefined {
  return steps.find(step => approvalsOf(step) < step.count);
}

export function approvalsOf({ decisions }: StepRecord): number {
  return decisions.filter(({ decision }) => decision === 'approve').length;
}

/** The users and groups who can decide a step at the moment. */
export function deciders({
  principals,
  escalatedAt,
  escalatesTo = [],
}: StepRecord): string[] {
  return escalatedAt === undefined
    ? principals
    : [...new Set([...principals, ...escalatesTo])];
}

/** Remembers since when the step to be decided is that. */
export function opened(steps: StepRecord[], now: Instant): StepRecord[] {
  const open = openStepOf(steps);
  return steps.map(step =>
    step === open && step.openedAt === undefined
      ? { ...step, openedAt: now }
      : step,
  );
}

/** Who decides a step, in words. */
export function describeStep(
  step: StepRules & Pick<StepRecord, 'escalatedAt'>,
): string {
  if (step.consent) {
    return 'who receives it';
  }
  return describeRules([
    ...step.approvers,
    ...(step.escalatedAt === undefined ? [] : step.escalation?.to ?? []),
  ]);
}
