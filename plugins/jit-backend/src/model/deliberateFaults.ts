import { advance, lookAfterRemoval } from '../leases/advance';
import { LeaseRecord } from '../leases/records';
import { deciding, DeliberateFault, named, withEntitlement } from './breaking';
import { DURATIONS, UNIT } from './Configuration';
import { COPY_FAULTS } from './copyFaults';
import { LATER_FAULTS } from './laterFaults';
import { RULES } from './Rules';
import { SWEEP_FAULTS } from './sweep/sweepFaults';

/** What a hasty hand could write instead of the engine's rules, each of it once. */
export const DELIBERATE_FAULTS: DeliberateFault[] = [
  {
    name: 'absence counts while a call may still land',
    invariant: 'revokedMeansGone',
    configuration: named('end against start, a crash, a broken call'),
    rules: deciding((view, input, surroundings) => {
      const decision = advance(view, input, surroundings);
      return withEntitlement(decision, { fenceUntil: undefined });
    }),
  },
  {
    name: 'the look after a removal is made while a call may still land',
    invariant: 'revokedMeansGone',
    configuration: named('end against start, a crash, a broken call'),
    rules: {
      ...RULES,
      lookAfterRemoval: (view, outcome, surroundings) =>
        lookAfterRemoval(
          {
            ...view,
            entitlement: { ...view.entitlement, fenceUntil: undefined },
          },
          outcome,
          surroundings,
        ),
    },
  },
  {
    name: 'a takeover forgets the call of the worker before',
    invariant: 'revokedMeansGone',
    configuration: named('end against start, lagging reads, short claims'),
    rules: deciding((view, input, surroundings) =>
      input.type === 'claimed'
        ? advance(
            { ...view, entitlement: { ...view.entitlement, call: undefined } },
            input,
            surroundings,
          )
        : advance(view, input, surroundings),
    ),
  },
  {
    name: 'the deadline of a call counts from when it was sent',
    invariant: 'revokedMeansGone',
    configuration: named('end against start, a crash, a broken call'),
    rules: {
      ...RULES,
      landsUntil: (_call, sentAt) => sentAt + DURATIONS.callTimeout * UNIT,
    },
  },
  {
    name: 'one look is enough where reads lag',
    invariant: 'revokedMeansGone',
    configuration: named('end against start, lagging reads, short claims'),
    rules: deciding((view, input, surroundings) => {
      const { traits } = surroundings;
      const looked = view.entitlement.call?.operation === 'inspect';
      return advance(view, input, {
        ...surroundings,
        traits: looked ? { ...traits, settleMs: 0, lagMs: 0 } : traits,
      });
    }),
  },
  {
    name: 'the claim is not checked at a commit',
    invariant: 'oneHand',
    configuration: named('a lost claim, and a write that comes too late'),
    rules: { ...RULES, mayWrite: () => true },
  },
  {
    name: 'a lease is released without a look at the other holders',
    invariant: 'activeHasItsThing',
    configuration: named('end against start, a crash, a broken call'),
    rules: deciding((view, input, surroundings) => {
      const { now } = surroundings;
      const seen = view.leases.filter(
        lease => lease.state !== 'active' || hasEnded(lease, now),
      );
      if (
        input.type === 'outcome' ||
        seen.length === view.leases.length ||
        !seen.some(lease => lease.state === 'revoking' || hasEnded(lease, now))
      ) {
        return advance(view, input, surroundings);
      }
      const decision = advance({ ...view, leases: seen }, input, surroundings);
      const leases = view.leases.map(
        lease =>
          decision.view.leases.find(each => each.id === lease.id) ?? lease,
      );
      const soon = now + UNIT;
      return {
        ...decision,
        view: { ...decision.view, leases },
        schedule: { nextAt: soon, turnAt: soon },
      };
    }),
  },
  {
    name: 'the look after a removal is made once more',
    invariant: 'slotIsHeld',
    configuration: named('end against start, a crash, a broken call'),
    rules: deciding((view, input, surroundings) =>
      advance(
        view,
        input.type === 'outcome' ? { ...input, look: undefined } : input,
        surroundings,
      ),
    ),
  },
  {
    name: 'what was held before is not seen',
    invariant: 'standingStays',
    configuration: named('the subject held it before'),
    rules: deciding((view, input, surroundings) =>
      advance(
        view,
        input.type === 'outcome' &&
          'operation' in input.outcome &&
          input.outcome.operation === 'look-before'
          ? {
              type: 'outcome',
              outcome: { operation: 'look-before', look: { status: 'absent' } },
            }
          : input,
        surroundings,
      ),
    ),
  },
  {
    name: 'an outside end is believed in while another may be set over it',
    invariant: 'outsideEndIsKnown',
    configuration: named('extension against expiry'),
    rules: deciding((view, input, surroundings) => {
      const { call } = view.entitlement;
      const decision = advance(view, input, surroundings);
      return input.type === 'outcome' &&
        'progress' in input.outcome &&
        call?.operation === 'grant'
        ? withEntitlement(decision, { outsideUntil: call.notAfter })
        : decision;
    }),
  },
  {
    name: 'a lease is extended after its end',
    invariant: 'extensionBeforeEnd',
    configuration: named('extension against expiry'),
    rules: {
      ...RULES,
      askForExtension: (lease, wisher) =>
        RULES.askForExtension(lease, { ...wisher, now: 0 }),
    },
  },
  {
    name: 'a failure is tried again without a wait',
    invariant: 'noHotLoop',
    configuration: named('the system goes away and comes back'),
    rules: deciding((view, input, surroundings) => {
      const decision = advance(view, input, surroundings);
      const { now } = surroundings;
      return decision.next.do === 'wait'
        ? { ...decision, schedule: { ...decision.schedule, nextAt: now } }
        : decision;
    }),
  },
  {
    name: 'what is seen again is looked at for ever',
    invariant: 'comesToRest',
    configuration: named('alone: crashes, broken calls, a failure, long lag'),
    rules: deciding((view, input, surroundings) => {
      const looked = view.entitlement.removal === 'inspect';
      const decision = advance(view, input, surroundings);
      return looked && decision.view.entitlement.removal === 'revoke'
        ? withEntitlement(decision, { removal: 'inspect' })
        : decision;
    }),
  },
  {
    name: 'a look is believed up to when it is written',
    invariant: 'idleMeansUnused',
    configuration: named('alone: used or not, with a budget, a crash'),
    rules: {
      ...RULES,
      withSighting: (lease, sighting) =>
        RULES.withSighting(lease, {
          ...sighting,
          lookBeganAt: sighting.lookBeganAt + UNIT,
        }),
    },
  },
  {
    name: 'a protection does not hold against idleness',
    invariant: 'idleMeansUnused',
    configuration: named('alone: not used, protected and let go'),
    rules: deciding((view, input, surroundings) => {
      const unprotected = view.leases.map(lease => ({
        ...lease,
        protectedUntil: undefined,
      }));
      const decision = advance(
        { ...view, leases: unprotected },
        input,
        surroundings,
      );
      const leases = decision.view.leases.map((lease, index) => ({
        ...lease,
        protectedUntil: view.leases[index].protectedUntil,
      }));
      return { ...decision, view: { ...decision.view, leases } };
    }),
  },
  {
    name: 'a protection may be longer than the profile lets it',
    invariant: 'protectionIsCapped',
    configuration: named('alone: not used, protected and let go'),
    rules: {
      ...RULES,
      askForProtection: (lease, wisher) =>
        RULES.askForProtection(
          { ...lease, protectMaximumMs: Infinity },
          wisher,
        ),
    },
  },
  {
    name: 'nobody is woken when the budget is spent',
    invariant: 'staysAwake',
    configuration: named('alone: used or not, with a budget, a crash'),
    rules: deciding((view, input, surroundings) => {
      const decision = advance(view, input, surroundings);
      const [lease] = decision.view.leases;
      return decision.next.do === 'wait' && lease.state === 'active'
        ? {
            ...decision,
            schedule: {
              nextAt: lease.expiresAt,
              turnAt: lease.expiresAt,
            },
          }
        : decision;
    }),
  },
  ...COPY_FAULTS,
  ...LATER_FAULTS,
  ...SWEEP_FAULTS,
];

function hasEnded(lease: LeaseRecord, now: number): boolean {
  return (
    lease.state === 'active' &&
    (lease.endWish !== undefined || lease.expiresAt! <= now)
  );
}
