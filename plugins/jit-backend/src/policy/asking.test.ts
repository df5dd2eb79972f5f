import { InputError } from '@backstage/errors';
import fc from 'fast-check';
import {
  formatDuration,
  parseDuration,
  readRequestedDuration,
} from './duration';
import { normaliseEntityRef, readEntityRef } from './entityRefs';
import { limitReached, openRequestsReached } from './limits';
import { readReason } from './reason';

const durations = {
  defaultMs: 1_800_000,
  maximumMs: 14_400_000,
  choicesMs: [900_000],
};

describe('readRequestedDuration', () => {
  it('reads every usual form', () => {
    const read = (requested: unknown) =>
      readRequestedDuration({ durations, requested });
    expect(read(undefined)).toBe(1_800_000);
    expect(read('45m')).toBe(2_700_000);
    expect(read('PT1H30M')).toBe(5_400_000);
    expect(read({ hours: 1, minutes: 5 })).toBe(3_900_000);
    expect(read('4h')).toBe(14_400_000);
  });

  it.each([
    ['', 'is not a duration'],
    ['soon', 'is not a duration'],
    ['30', 'is not a duration'],
    [30, 'is not a duration'],
    [null, 'is not a duration'],
    [['30m'], 'is not a duration'],
    [{}, 'is not a duration'],
    [{ fortnights: 1 }, 'is not a duration'],
    [{ hours: 'NaN' }, 'is not a duration'],
    ['9'.repeat(100_000), 'is not a duration'],
    ['0m', 'must be more than zero'],
    ['PT0.0001S', 'must be more than zero'],
    ['-5m', 'is not a duration'],
    ['PT-5M', 'must be more than zero'],
    [{ minutes: -5 }, 'must be more than zero'],
    ['241m', 'is longer than the maximum of 4 hours'],
    [{ hours: 1e300 }, 'is longer than the maximum of 4 hours'],
  ])('refuses %p and names the limit', (requested, message) => {
    const read = () => readRequestedDuration({ durations, requested });
    expect(read).toThrow(InputError);
    expect(read).toThrow(message);
    expect(read).toThrow('4 hours');
  });

  it('never lets more than the maximum through, and never nothing', () => {
    const amount = fc.oneof(fc.integer(), fc.double());
    const requested = fc.oneof(
      fc.string(),
      fc
        .tuple(amount, fc.constantFrom('ms', 's', 'm', 'h', ' days', 'y'))
        .map(parts => parts.join('')),
      amount.map(value => `PT${value}M`),
      fc.record({ hours: amount, seconds: amount }, { requiredKeys: [] }),
      fc.jsonValue(),
    );
    const outcomeOf = (value: unknown): number | 'refused' => {
      try {
        return readRequestedDuration({ durations, requested: value });
      } catch (error) {
        if (error instanceof InputError) {
          return 'refused';
        }
        throw error;
      }
    };
    fc.assert(
      fc.property(requested, value => {
        const outcome = outcomeOf(value);
        expect(
          outcome === 'refused' ||
            (Number.isInteger(outcome) &&
              outcome > 0 &&
              outcome <= durations.maximumMs),
        ).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('says durations in words', () => {
    expect(formatDuration(5_400_000)).toBe('1 hour, 30 minutes');
    expect(formatDuration(30 * 24 * 3_600_000)).toBe('30 days');
    expect(formatDuration(0)).toBe('0 seconds');
    expect(parseDuration('PT1.5S')).toBe(1_500);
  });
});

describe('readReason', () => {
  const rules = {
    required: true,
    pattern: '(?<ticket>[A-Z]+-\\d+)',
    example: 'OPS-123 fix order 9',
  };

  it('takes what the profile asks for', () => {
    expect(readReason({ rules, reason: ' OPS-1 fix ' })).toBe('OPS-1 fix');
    const loose = { required: false };
    expect(readReason({ rules: loose, reason: undefined })).toBeUndefined();
    expect(readReason({ rules: loose, reason: '  ' })).toBeUndefined();
    expect(readReason({ rules: loose, reason: '<b>Ümläut</b>\n' })).toBe(
      '<b>Ümläut</b>',
    );
  });

  it.each([
    [undefined, 'reason is required, for example: OPS-123 fix order 9'],
    ['   ', 'reason is required'],
    ['fix, see OPS-1', 'reason does not begin as the profile wants it'],
    ['OPS-1'.padEnd(1_001, 'x'), 'reason is longer than 1,000 characters'],
    [' '.repeat(1_001), 'reason is longer than 1,000 characters'],
    ['OPS-1 \u0000', 'reason has control or broken characters'],
    ['OPS-1 \ud800', 'reason has control or broken characters'],
  ])('refuses %p', (reason, message) => {
    expect(() => readReason({ rules, reason })).toThrow(InputError);
    expect(() => readReason({ rules, reason })).toThrow(message);
  });

  it('is not slowed down by a pattern that would hang a backtracking engine', () => {
    const slow = { required: true, pattern: '(a+)+$' };
    expect(() =>
      readReason({ rules: slow, reason: `${'a'.repeat(998)}!` }),
    ).toThrow('does not begin');
  });
});

describe('limits', () => {
  it('lets through one less than the limit and names the one that is reached', () => {
    const check = (ofSubject: number, ofProfile: number, limits = {}) =>
      limitReached({
        profileId: 'orders-db-read',
        limits,
        counts: { ofSubject, ofProfile },
      });
    const limits = { perSubject: 1, perProfile: 3 };
    expect(check(100, 100)).toBeUndefined();
    expect(check(0, 2, limits)).toBeUndefined();
    expect(check(1, 1, limits)).toEqual({
      limit: 'perSubject',
      message:
        'orders-db-read allows one lease per person at a time (limits.perSubject)',
    });
    expect(check(0, 3, limits)).toEqual({
      limit: 'perProfile',
      message:
        'orders-db-read allows 3 leases at a time over all people (limits.perProfile)',
    });
    const open = (count: number) =>
      openRequestsReached({ open: count, openRequestsPerPerson: 50 });
    expect(open(49)).toBeUndefined();
    expect(open(50)?.message).toContain('more than 50 requests open');
  });
});

describe('entity refs', () => {
  it('come in one form, or are refused by the name of their field', () => {
    expect(normaliseEntityRef('Resource:Orders-DB')).toBe(
      'resource:default/orders-db',
    );
    for (const ref of [
      '',
      'orders-db',
      ':',
      'user:',
      'a'.repeat(501),
      'user:a\u0000',
    ]) {
      expect(() => readEntityRef(ref, 'leases[0].entityRef')).toThrow(
        'leases[0].entityRef is not an entity ref',
      );
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const ref = normaliseEntityRef(value);
        expect(ref === undefined || normaliseEntityRef(ref) === ref).toBe(true);
      }),
    );
  });
});
