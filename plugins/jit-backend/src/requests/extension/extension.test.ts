import fc from 'fast-check';
import { RequestView } from '../../database/operations/requests/placeRequest';
import { askForApproval, needsApproval } from '../../leases/extension';
import { LeaseRecord } from '../../leases/records';
import { askForExtension, Wish } from '../../leases/wishes';
import { extensibleByApproval, latestByApproval, Subject } from '../../policy';
import { judge } from '../approval/judge';
import { RequestDraft, StaffedDraft } from '../RequestDraft';
import { StepRecord } from '../approval/StepRecord';
import * as outcomes from './outcomes';
import { placedExtension } from './placedExtension';

const MINUTE = 60_000;
const PEOPLE = ['ada', 'bob', 'eve', 'kim', 'sam'].map(
  name => `user:default/${name}`,
);
const [ADA] = PEOPLE;

const APPROVING = Array<'approve'>(12).fill('approve');

const minutes = fc.integer({ min: 1, max: 300 }).map(n => n * MINUTE);
/** Small, so that one is often less than another: what is approved less than what was moved meanwhile. */
const someMinutes = fc.integer({ min: 1, max: 20 }).map(n => n * MINUTE);
const mostlySome = fc.oneof(someMinutes, someMinutes, someMinutes, minutes);

const policies = fc.record({
  durations: fc.record({
    maximumMs: minutes,
    defaultMs: fc.constant(MINUTE),
    choicesMs: fc.constant<number[]>([]),
  }),
  extension: fc.option(
    fc.record(
      {
        maximumMs: mostlySome,
        times: fc.nat(3),
        byApprovalMs: fc.oneof(fc.constant(0), minutes, minutes, minutes),
      },
      { requiredKeys: ['maximumMs', 'times'] },
    ),
    { nil: undefined, freq: 10 },
  ),
  steps: fc.array(
    fc.record({
      principals: fc.subarray(PEOPLE, { minLength: 3 }),
      count: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 2 },
  ),
});

const deeds = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('extend' as const),
        byMs: mostlySome,
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constant('decide' as const),
        by: fc.constantFrom(...PEOPLE),
        decision: fc.constantFrom(...APPROVING, 'deny' as const),
        shorterMs: fc.option(mostlySome, { nil: undefined, freq: 4 }),
      }),
    },
    fc.record({ type: fc.constant('wait' as const), ms: minutes }),
    fc.constant({ type: 'lapse' as const }),
  ),
  // Ten at most, unless it is told.
  { maxLength: 40, size: 'max' },
);

type Policy = typeof policies extends fc.Arbitrary<infer T> ? T : never;
type Deed = typeof deeds extends fc.Arbitrary<Array<infer T>> ? T : never;

interface World {
  now: number;
  lease: LeaseRecord;
  view?: RequestView;
  /** Each move of the end. */
  moves: Array<{ from: number; to: number; approvedBy?: StepRecord[] }>;
}

function activeLease(policy: Policy, breakGlass: boolean): LeaseRecord {
  const durationMs = policy.durations.maximumMs;
  const beyond = breakGlass ? 0 : policy.extension?.maximumMs ?? 0;
  return {
    id: 'lease',
    state: 'active',
    profileTitle: 'It',
    requester: ADA,
    subject: ADA,
    grantedAt: 0,
    expiresAt: durationMs,
    extensibleUntil: durationMs + beyond,
    extensionsLeft: breakGlass ? 0 : policy.extension?.times ?? 0,
  } as LeaseRecord;
}

function draftOf(policy: Policy): StaffedDraft {
  const { durations, extension } = policy;
  return {
    requester: ADA,
    subject: ADA,
    asked: { leases: [] },
    steps: policy.steps.map(step => ({ ...step, approvers: [] })),
    parts: [
      {
        steps: policy.steps,
        rule: 'eligible',
        provider: { supports: { extend: true } },
        pinned: {
          hash: 'h',
          content: { title: 'It', durations, extension, approval: {} },
        },
      },
    ],
  } as unknown as StaffedDraft;
}

/** As the ledger does: what throws changes nothing. */
function attempt(change: () => void): void {
  try {
    change();
  } catch (error) {
    expect(['ConflictError', 'InputError']).toContain((error as Error).name);
  }
}

function extend(world: World, policy: Policy, byMs: number): void {
  const { lease, now } = world;
  const { expiresAt = 0 } = lease;
  const approvable = extensibleByApproval({
    terms: {
      profiles: [{ title: 'It', approval: { steps: asSteps(policy) } }],
      times: policy,
    },
    grantedAt: 0,
    expiresAt,
  });
  const common = { actor: ADA, now, byMs, canExtend: true };
  if (!needsApproval(lease, byMs) || 'refusal' in approvable) {
    apply(world, askForExtension(lease, common));
    return;
  }
  const { upToMs } = approvable;
  apply(world, askForApproval(lease, { ...common, requestId: 'r', upToMs }));
  const request = placedExtension(draftOf(policy), {
    id: 'r',
    leaseId: lease.id,
    leaseIds: [lease.id],
    from: expiresAt,
    byMs,
    now,
  });
  world.view = { request, leases: [world.lease] };
}

function asSteps({ steps }: Policy) {
  return steps.map(step => ({ ...step, approvers: [] }));
}

function decide(
  world: World,
  policy: Policy,
  deed: Extract<Deed, { type: 'decide' }>,
): void {
  const { view, now } = world;
  if (view?.request.state !== 'pending') {
    return;
  }
  const people = new Map<string, Subject>(
    PEOPLE.map(ref => [ref, { ref, groups: [] }]),
  );
  const verdict = judge({
    request: view.request,
    by: people.get(deed.by)!,
    decision: deed.decision,
    people,
    now,
  });
  if (!('steps' in verdict)) {
    return;
  }
  const { byMs } = outcomes.extensionOf(view.request);
  const shorterMs = Math.min(byMs, deed.shorterMs ?? byMs);
  const narrowing = shorterMs < byMs ? { durationMs: shorterMs } : {};
  const common = { ...verdict, narrowing, deed: { actor: deed.by }, now };
  const draft: RequestDraft = draftOf(policy);
  const changeBy = {
    waiting: () => outcomes.stillWaiting(view, common),
    denied: () => outcomes.closed(view, { ...common, as: 'denied' }),
    approved: () => outcomes.allApproved(view, { ...common, draft }),
  };
  const change = changeBy[verdict.outcome]();
  const wish = change.wishes!(world.lease, now);
  world.view = { request: change.request, leases: [world.lease] };
  apply(
    world,
    wish,
    verdict.outcome === 'approved' ? verdict.steps : undefined,
  );
}

function apply(
  world: World,
  wish: Wish | undefined,
  approvedBy?: StepRecord[],
): void {
  const from = world.lease.expiresAt!;
  world.lease = wish?.lease ?? world.lease;
  const to = world.lease.expiresAt!;
  if (to !== from) {
    world.moves.push({ from, to, approvedBy });
  }
}

function play(policy: Policy, breakGlass: boolean, done: Deed[]): World {
  const world: World = {
    now: 0,
    lease: activeLease(policy, breakGlass),
    moves: [],
  };
  for (const deed of done) {
    attempt(() => {
      switch (deed.type) {
        case 'extend':
          return extend(world, policy, deed.byMs);
        case 'decide':
          return decide(world, policy, deed);
        case 'wait':
          world.now += deed.ms / 30;
          return undefined;
        default: {
          const { view, now } = world;
          if (view?.request.state === 'pending') {
            const change = outcomes.closed(view, {
              as: 'lapsed',
              deed: { actor: 'system:policy' },
              now,
            });
            apply(world, change.wishes!(world.lease, now));
            world.view = { ...view, request: change.request };
          }
          return undefined;
        }
      }
    });
  }
  return world;
}

describe('what becomes of an end by asking and deciding', () => {
  it('is never beyond the cap without the approvals, nor by who asks or receives, nor earlier', () => {
    let approved = 0;
    let atOnce = 0;
    fc.assert(
      fc.property(policies, fc.boolean(), deeds, (policy, breakGlass, done) => {
        const start = activeLease(policy, breakGlass);
        const { moves } = play(policy, breakGlass, done);
        const latest = latestByApproval(policy, 0);
        const byPeople = moves.filter(each => each.approvedBy);
        const byCap = moves.filter(each => !each.approvedBy);
        moves.forEach(({ from, to }) => expect(to).toBeGreaterThan(from));
        expect(byCap.length).toBeLessThanOrEqual(start.extensionsLeft);
        byCap.forEach(({ to }) =>
          expect(to).toBeLessThanOrEqual(start.extensibleUntil!),
        );
        byPeople.forEach(({ to, approvedBy = [] }) => {
          expect(to).toBeLessThanOrEqual(latest ?? -1);
          const by = approvedBy.flatMap(({ decisions }) =>
            decisions.map(each => each.by),
          );
          expect(by).not.toContain(ADA);
          expect(new Set(by).size).toBe(by.length);
          expect(by.length).toBeGreaterThan(0);
          expect(approvedBy).toHaveLength(policy.steps.length);
          approvedBy.forEach(({ decisions, count, principals }) => {
            expect(decisions.length).toBeGreaterThanOrEqual(count);
            decisions.forEach(each => expect(principals).toContain(each.by));
          });
        });
        approved += byPeople.length;
        atOnce += byCap.length;
      }),
      { numRuns: 5_000 },
    );
    // Without any it would say nothing.
    expect(approved).toBeGreaterThan(0);
    expect(atOnce).toBeGreaterThan(0);
  });
});
