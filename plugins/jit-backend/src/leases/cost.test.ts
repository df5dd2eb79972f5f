import fc from 'fast-check';
import { formatAmount, readAmount, toMicros } from '../policy/money';
import { activeLease, BEGIN, draftOf } from './__testUtils__/activeLease';
import { LeaseRecord } from './records';
import { applyBudget, budgetEndsAt, budgetWarnsAt, costOf } from './cost';

const HOUR = 3_600_000;
const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(formatAmount);

describe('money', () => {
  it('is read and written without a loss', () => {
    fc.assert(
      fc.property(amounts, amount => {
        expect(readAmount(amount)).toBe(amount);
        expect(formatAmount(toMicros(amount))).toBe(amount);
      }),
    );
    expect([0.12, '20', 0, '1.5', 3.000004].map(readAmount)).toEqual([
      '0.12',
      '20.00',
      '0.00',
      '1.50',
      '3.000004',
    ]);
  });

  it.each([
    NaN,
    Infinity,
    -1,
    1e21,
    1e-7,
    '',
    '-1',
    '1e3',
    '0x10',
    '1,5',
    ' 1',
    '1.1234567',
    'free',
    null,
    undefined,
    true,
    [1],
  ])('does not take %p for an amount', value => {
    expect(readAmount(value)).toBeUndefined();
  });
});

describe('the cost of a lease', () => {
  const price = { perHour: '0.12', currency: 'EUR', budget: '0.30' };

  it('is its price for as long as it is there, to the millionth', () => {
    const lease = activeLease({ price });
    expect(costOf(lease, BEGIN + HOUR)).toEqual({
      amount: '0.12',
      perHour: '0.12',
      currency: 'EUR',
      budget: '0.30',
      endsAt: new Date(BEGIN + 2.5 * HOUR).toISOString(),
    });
    const gone = activeLease({
      price,
      state: 'revoked',
      verifiedAt: BEGIN + 1.25 * HOUR,
    });
    expect(costOf(gone, BEGIN + 100 * HOUR)).toMatchObject({ amount: '0.15' });
    expect(costOf(activeLease({ price, grantedAt: undefined }), BEGIN)).toEqual(
      { amount: '0.00', perHour: '0.12', currency: 'EUR', budget: '0.30' },
    );
    expect(costOf(activeLease(), BEGIN)).toBeUndefined();
  });

  it('says what was saved once it is gone: no hour twice, and what was avoided only against a baseline', () => {
    const over = {
      price: { ...price, baselineMs: 10 * HOUR },
      state: 'revoked' as const,
      expiresAt: BEGIN + 4 * HOUR,
      verifiedAt: BEGIN + HOUR,
    };
    const saved = (changes: Partial<LeaseRecord> = {}) =>
      costOf(activeLease({ ...over, ...changes }), BEGIN + 100 * HOUR)?.saved;
    expect(saved()).toEqual({
      reclaimed: '0.36',
      avoided: '0.72',
      baselineMs: 10 * HOUR,
    });
    expect(saved({ price })).toEqual({ reclaimed: '0.36' });
    // Longer than the one it stands in for: nothing was saved, and nothing is told to have been lost.
    expect(saved({ expiresAt: BEGIN + 20 * HOUR })).toMatchObject({
      reclaimed: '2.28',
      avoided: '0.00',
    });
    expect(saved({ verifiedAt: BEGIN + 11 * HOUR })).toMatchObject({
      reclaimed: '0.00',
      avoided: '0.00',
    });
    // A last copy costs nothing: what was saved counts from when it was closed, not from when it was dropped.
    const copy = {
      keepMs: 24 * HOUR,
      keptUntil: BEGIN + 25 * HOUR,
      verifiedAt: BEGIN + 25 * HOUR,
    };
    expect(saved(copy)).toEqual(saved());
    expect(
      saved({ ...copy, state: 'revoking', verifiedAt: undefined }),
    ).toEqual(saved());
    // Nobody can look whether it is gone: it costs until its end.
    const unverified = {
      verified: false as const,
      verifiedAt: undefined,
      endedAt: BEGIN + HOUR,
    };
    expect(saved(unverified)).toEqual(saved());
    expect(
      costOf(activeLease({ ...over, ...unverified }), BEGIN + 100 * HOUR),
    ).toMatchObject({ amount: '0.12' });
    // Not known yet, or never.
    expect(saved({ state: 'active', verifiedAt: undefined })).toBeUndefined();
    expect(saved({ grantedAt: undefined })).toBeUndefined();

    const hours = fc.integer({ min: 0, max: 1_000 }).map(h => h * HOUR);
    fc.assert(
      fc.property(hours, hours, hours, (clock, life, baselineMs) => {
        const lease = activeLease({
          ...over,
          price: { perHour: '1', currency: 'EUR', baselineMs },
          expiresAt: BEGIN + clock,
          verifiedAt: BEGIN + life,
        });
        const { amount, saved: told } = costOf(lease, BEGIN)!;
        const parts = [amount, told!.reclaimed, told!.avoided!].map(Number);
        const sum = parts.reduce((a, b) => a + b);
        expect(sum).toBe(Math.max(clock, life, baselineMs) / HOUR);
      }),
    );
  });

  it('ends it at the first millisecond at which the budget is spent, and tells at 80 %', () => {
    fc.assert(
      fc.property(amounts, amounts, (perHour, budget) => {
        const lease = activeLease({
          price: { perHour, currency: 'EUR', budget },
        });
        const endsAt = budgetEndsAt(lease);
        const warnsAt = budgetWarnsAt(lease);
        if (endsAt === undefined) {
          return;
        }
        const spentAt = (at: number) =>
          toMicros(perHour) * BigInt(at - BEGIN) >=
          toMicros(budget) * BigInt(HOUR);
        expect(spentAt(endsAt)).toBe(true);
        expect(endsAt === BEGIN || !spentAt(endsAt - 1)).toBe(true);
        expect(warnsAt).toBeLessThanOrEqual(endsAt);
      }),
    );
    const free = activeLease({ price: { ...price, perHour: '0.00' } });
    expect(budgetEndsAt(free)).toBeUndefined();
  });

  it('warns once, then ends', () => {
    const lease = activeLease({ price });
    const at = (given: typeof lease, now: number) => {
      const draft = draftOf(given);
      applyBudget(draft, draft.leases[0], now);
      return {
        lease: draft.leases[0],
        events: draft.events.map(({ type }) => type),
      };
    };
    expect(at(lease, BEGIN + 2 * HOUR - 1).events).toEqual([]);
    const warned = at(lease, BEGIN + 2 * HOUR);
    expect(warned.events).toEqual(['lease.budget-warned']);
    expect(at(warned.lease, BEGIN + 2 * HOUR + 1).events).toEqual([]);
    const ended = at(warned.lease, BEGIN + 2.5 * HOUR);
    expect(ended.lease).toMatchObject({
      state: 'revoking',
      endReason: 'budget',
    });
  });
});
