import { activeLease, BEGIN, draftOf } from './__testUtils__/activeLease';
import { advance, StepInput, Surroundings } from './advance';
import { EntitlementView, Failure, LeaseRecord } from './records';
import { CallOutcome } from './CallOutcome';
import { isStuck } from './stuck';

const SECOND = 1_000;
const FAILED: Failure = {
  class: 'retryable',
  message: 'The third step failed',
};
const STUCK = { stuckAfterAttempts: 5, stuckAfterMs: 600 * SECOND };

/** One lease and its worker, with a clock that goes on to when it is due again. */
class Life {
  now = BEGIN + 3_600 * SECOND;
  #view: EntitlementView;

  constructor(given: Partial<LeaseRecord>) {
    const { entitlement, leases } = draftOf(activeLease(given));
    this.#view = { entitlement, leases };
  }

  get lease(): LeaseRecord {
    return this.#view.leases[0];
  }

  /** Has each call that is due answered by the next of these, and waits until the next is due. Returns which calls that were. */
  answer(...outcomes: CallOutcome[]): string[] {
    return outcomes.map(outcome => {
      const claimed = this.#advance({ type: 'claimed' });
      if (claimed.next.do !== 'call') {
        throw new Error('Nothing is due');
      }
      const { schedule } = this.#advance({ type: 'outcome', outcome });
      this.now = Math.max(this.now, schedule.nextAt ?? this.now);
      return claimed.next.call.operation;
    });
  }

  #advance(input: StepInput) {
    const surroundings: Surroundings = {
      now: this.now,
      random: 0.999,
      gate: { open: true, identity: 'here' },
      traits: { settleMs: 0, lagMs: 0, callTimeoutMs: SECOND, canExtend: true },
      timings: {
        backoff: { firstMs: 2 * SECOND, maximumMs: 300 * SECOND },
        outsideGraceMs: 0,
        probeEveryMs: SECOND,
        lookEveryMs: SECOND,
        partsEveryMs: SECOND,
        activityHoldsMs: SECOND,
      },
    };
    const decision = advance(this.#view, input, surroundings);
    this.#view =
      decision.next.do === 'call'
        ? {
            ...decision.view,
            entitlement: {
              ...decision.view.entitlement,
              call: decision.next.call,
            },
          }
        : decision.view;
    return decision;
  }
}

const begun: CallOutcome = { operation: 'revoke', progress: { done: false } };
const done: CallOutcome = { operation: 'revoke', progress: { done: true } };
const still: CallOutcome = {
  operation: 'inspect',
  look: { status: 'present' },
};
const gone: CallOutcome = { operation: 'inspect', look: { status: 'absent' } };

describe('failed attempts', () => {
  it.each<[string, CallOutcome[]]>([
    ['begins well each time and then fails', [begun, { failure: FAILED }]],
    ['is done each time and leaves the thing there', [done, still]],
  ])('are counted of a teardown that %s, and wait longer', (_what, round) => {
    const life = new Life({ expiresAt: BEGIN + 3_600 * SECOND });
    const times: number[] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      expect(isStuck(life.lease, life.now, STUCK)).toBe(false);
      life.answer(...round);
      expect(life.lease).toMatchObject({ attempts: tries, state: 'revoking' });
      times.push(life.lease.retryAt! - life.lease.lastError!.at);
    }
    expect(times.map(ms => Math.round(ms / SECOND))).toEqual([2, 4, 8, 16, 32]);
    expect(isStuck(life.lease, life.now, STUCK)).toBe(true);

    // While it is tried anew, it still says why.
    life.answer(begun);
    expect(life.lease.lastError?.message).toBeTruthy();
    expect(life.answer(done, gone)).toEqual(['revoke', 'inspect']);
    expect(life.lease).toMatchObject({ state: 'revoked', attempts: 0 });
  });

  it('of the connection are over with the first call that works', () => {
    const life = new Life({ expiresAt: BEGIN + 3_600 * SECOND });
    life.answer({ failure: { class: 'connection', message: 'It is away' } });
    expect(life.lease).toMatchObject({
      attempts: 0,
      lastError: { class: 'connection' },
    });
    life.answer(begun);
    expect(life.lease.lastError).toBeUndefined();
  });

  it('of an extension are over when it is made', () => {
    const life = new Life({});
    const extended = (isDone: boolean): CallOutcome => ({
      operation: 'extend',
      progress: { done: isDone },
    });
    life.answer({ failure: FAILED }, extended(false), { failure: FAILED });
    expect(life.lease.attempts).toBe(2);
    life.answer(extended(true));
    expect(life.lease).toMatchObject({ attempts: 0, lastError: undefined });
  });
});
