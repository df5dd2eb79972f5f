import fc from 'fast-check';
import { ApproverRule, Subject } from '../../policy';
import { canBeApproved, StaffedStep } from './canBeApproved';
import { escalated } from './escalated';
import { deciders, judge, openStepOf, opened } from './judge';
import { StepRecord, StepRules } from './StepRecord';
import { coversSteps, stepsOf } from './stepsOf';

const PEOPLE = ['a', 'b', 'c', 'd', 'e'].map(name => `user:default/${name}`);
const GROUPS = ['x', 'y', 'z'].map(name => `group:default/${name}`);

const principals = fc.subarray([...PEOPLE, ...GROUPS], { minLength: 1 });

const step = fc
  .record({
    principals,
    count: fc.integer({ min: 1, max: 3 }),
    escalatesTo: fc.option(principals, { nil: undefined }),
  })
  .map(
    (given): StepRecord => ({
      ...given,
      approvers: [{ kind: 'group', ref: GROUPS[0] }],
      decisions: [],
      ...(given.escalatesTo && { escalation: { afterMs: 10, to: [] } }),
    }),
  );

/** Who is in which groups; it changes while a request waits. */
const memberships = fc.tuple(...PEOPLE.map(() => fc.subarray(GROUPS)));

const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('decide' as const),
      by: fc.constantFrom(...PEOPLE),
      decision: fc.constantFrom(
        'approve' as const,
        'approve' as const,
        'approve' as const,
        'approve' as const,
        'deny' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('move' as const),
      to: memberships,
      gone: fc.subarray(PEOPLE, { maxLength: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'wait' as const }) },
);

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

interface World {
  people: Map<string, Subject>;
  now: number;
}

function worldOf(
  groups: string[][],
  gone: string[] = [],
): Map<string, Subject> {
  return new Map(
    PEOPLE.flatMap((ref, index) =>
      gone.includes(ref) ? [] : [[ref, { ref, groups: groups[index] }]],
    ),
  );
}

/** What a policy asks for, written a second time and as plainly as can be: whether these people can be given to the steps, each once. */
function satisfies(
  steps: StepRecord[],
  approvals: Array<{ by: string; step: number }>,
  people: Map<string, Subject>,
  outsiders: string[],
): boolean {
  const everybody = approvals.map(({ by }) => by);
  return (
    new Set(everybody).size === everybody.length &&
    !everybody.some(by => outsiders.includes(by)) &&
    approvals.every(({ by, step: index }) => {
      const person = people.get(by);
      const named = deciders(steps[index]);
      return (
        person !== undefined &&
        [person.ref, ...person.groups].some(ref => named.includes(ref))
      );
    }) &&
    steps.every(
      ({ count }, index) =>
        approvals.filter(each => each.step === index).length >= count,
    )
  );
}

function play(options: {
  steps: StepRecord[];
  requester: string;
  subject: string;
  groups: string[][];
  deeds: Deed[];
}) {
  const { requester, subject, groups, deeds } = options;
  const world: World = { people: worldOf(groups), now: 0 };
  let steps = opened(options.steps, 0);
  let state: 'pending' | 'approved' | 'denied' = 'pending';
  let last: string | undefined;
  for (const each of deeds) {
    world.now += 1;
    if (state !== 'pending') {
      break;
    }
    if (each.type === 'move') {
      world.people = worldOf(each.to, each.gone);
    } else if (each.type === 'wait') {
      world.now += 20;
      steps = escalated(steps, world.now);
    } else {
      const by = world.people.get(each.by);
      if (!by) {
        continue;
      }
      const verdict = judge({
        request: { requester, subject, steps },
        by,
        decision: each.decision,
        people: world.people,
        now: world.now,
      });
      if ('steps' in verdict) {
        steps = verdict.steps;
        last = each.by;
        state = verdict.outcome === 'waiting' ? 'pending' : verdict.outcome;
      }
    }
  }
  return { state, steps, world, last };
}

describe('what becomes of a request by decisions', () => {
  const policies = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    requester: fc.constantFrom(...PEOPLE),
    subject: fc.constantFrom(...PEOPLE),
    groups: memberships,
    deeds: fc.array(deed, { maxLength: 25, size: 'max' }),
  });

  it('is nothing before who receives it has agreed, who has no other say, even when it was asked for in their name', () => {
    let agreed = 0;
    fc.assert(
      fc.property(policies, given => {
        const { requester, subject } = given;
        const consent: StepRecord = {
          approvers: [],
          principals: [subject],
          count: 1,
          consent: true,
          decisions: [],
        };
        const { state, steps } = play({
          ...given,
          steps: [consent, ...given.steps],
        });
        const [first, ...others] = steps;
        const decided = others.flatMap(({ decisions }) => decisions);
        expect(first.decisions.map(({ by }) => by)).toEqual(
          first.decisions.length || decided.length ? [subject] : [],
        );
        expect(decided.map(({ by }) => by)).not.toContain(subject);
        expect(decided.map(({ by }) => by)).not.toContain(requester);
        agreed += Number(requester === subject && state === 'approved');
      }),
      { numRuns: 3_000 },
    );
    expect(agreed).toBeGreaterThan(0);
  });

  it('is never a grant without the approvals of the policy, nor by those who ask or receive', () => {
    let approved = 0;
    fc.assert(
      fc.property(policies, given => {
        const { state, steps, world, last } = play(given);
        const outsiders = [given.requester, given.subject];
        const approvals = steps.flatMap(({ decisions }, index) =>
          decisions
            .filter(({ decision }) => decision === 'approve')
            .map(({ by }) => ({ by, step: index })),
        );
        expect(outsiders).not.toContain(last);
        const isApproved = state === 'approved';
        approved += Number(isApproved);
        expect(openStepOf(steps) === undefined).toBe(isApproved);
        expect(
          isApproved && !satisfies(steps, approvals, world.people, outsiders),
        ).toBe(false);
      }),
      { numRuns: 3_000 },
    );
    // Without grants it would say nothing.
    expect(approved).toBeGreaterThan(0);
  });

  it('is a grant as soon as the policy has its approvals, and not a decision before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), {
          minLength: 1,
          maxLength: 4,
        }),
        counts => {
          let steps = counts.map(
            (count, index): StepRecord => ({
              approvers: [],
              principals: [`group:default/${index}`],
              count,
              decisions: [],
            }),
          );
          const people = new Map<string, Subject>();
          const outcomes = counts.flatMap((count, index) =>
            Array.from({ length: count }, (_, n) => {
              const ref = `user:default/${index}-${n}`;
              const by = { ref, groups: [`group:default/${index}`] };
              people.set(ref, by);
              const verdict = judge({
                request: { requester: 'r', subject: 's', steps },
                by,
                decision: 'approve',
                people,
                now: 1,
              });
              steps = 'steps' in verdict ? verdict.steps : [];
              return verdict.outcome;
            }),
          );
          expect(outcomes).toEqual([
            ...outcomes.slice(1).map(() => 'waiting'),
            'approved',
          ]);
        },
      ),
    );
  });

  it('is the end as soon as somebody whom the open step names denies', () => {
    const steps: StepRecord[] = ['x', 'y'].map(name => ({
      approvers: [],
      principals: [`group:default/${name}`],
      count: 1,
      decisions: [],
    }));
    const deny = (groups: string[]) =>
      judge({
        request: { requester: 'user:a', subject: 'user:b', steps },
        by: { ref: 'user:c', groups },
        decision: 'deny',
        people: new Map(),
        now: 1,
      }).outcome;
    expect(deny(['group:default/x'])).toBe('denied');
    // Not yet theirs to decide.
    expect(deny(['group:default/y'])).toBe('not-allowed');
  });
});

describe('canBeApproved', () => {
  /** Every way to choose people, tried out. */
  function byTrying([first, ...rest]: StaffedStep[], taken: string[]): boolean {
    if (!first) {
      return true;
    }
    if (first.count === 0) {
      return byTrying(rest, taken);
    }
    return first.people.some(
      person =>
        !taken.includes(person) &&
        byTrying(
          [{ ...first, count: first.count - 1 }, ...rest],
          [...taken, person],
        ),
    );
  }

  it('finds enough people exactly when there are', () => {
    const staffed = fc.record({
      count: fc.integer({ min: 1, max: 2 }),
      people: fc.subarray(PEOPLE),
    });
    fc.assert(
      fc.property(fc.array(staffed, { maxLength: 3 }), steps => {
        expect(canBeApproved(steps)).toBe(byTrying(steps, []));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('stepsOf', () => {
  const rules: ApproverRule[] = GROUPS.map(ref => ({ kind: 'group', ref }));
  const parts = fc.array(
    fc
      .array(
        fc.record({
          approvers: fc.constantFrom(...rules).map(rule => [rule]),
          count: fc.integer({ min: 1, max: 2 }),
        }),
        { maxLength: 3 },
      )
      .map((steps): { steps: StepRules[] } => ({ steps })),
    { maxLength: 3 },
  );

  it('has the steps of every part in their order', () => {
    fc.assert(
      fc.property(parts, given => {
        const merged = stepsOf(given);
        for (const { steps } of given) {
          expect(coversSteps(merged, steps)).toBe(true);
        }
        expect(merged.length).toBeLessThanOrEqual(
          given.flatMap(({ steps }) => steps).length,
        );
      }),
    );
  });

  it('asks once for what all parts have in common', () => {
    const one = { approvers: [rules[0]], count: 1 };
    const two = { approvers: [rules[1]], count: 1 };
    expect(stepsOf([{ steps: [one, two] }, { steps: [two] }])).toEqual([
      one,
      two,
    ]);
    expect(coversSteps([one, two], [two, one])).toBe(false);
  });
});
