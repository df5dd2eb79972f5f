import fc from 'fast-check';
import { formatAmount, readAmount, toMicros } from '../policy/money';
import { activeLease, BEGIN, draftOf } from './__testUtils__/activeLease';
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
