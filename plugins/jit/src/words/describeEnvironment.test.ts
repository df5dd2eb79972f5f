import { mockApis } from '@backstage/test-utils';
import { Lease } from '@backstage-jit/plugin-jit-common';
import { aLease } from '../__testUtils__';
import { formatInstant } from '../time';
import { jitTranslationRef, Translate } from '../translation';
import { describeEnvironment, stillToCost } from './describeEnvironment';
import { describeLease } from './describeLease';
import { formatMoney } from './formatMoney';
import { sumMoney } from './sumMoney';

const NOW = Date.parse('2031-05-06T09:00:00Z');
const MINUTE = 60_000;
const at = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();
const shown = (minutes: number) =>
  formatInstant(NOW + minutes * MINUTE, { now: NOW });

const { t } = mockApis
  .translation()
  .getTranslation(jitTranslationRef) as unknown as { t: Translate };

const idle = { afterMs: 20 * MINUTE, warnMs: 5 * MINUTE, endsAt: at(16) };
const cost = { amount: '0.35', perHour: '0.12', currency: 'EUR' };
const eur = (amount: string) => formatMoney(amount, 'EUR');

describe('an environment in words', () => {
  it.each<[string, Partial<Lease>, string[]]>([
    ['says nothing that is not given', {}, []],
    [
      'is used, and ends when it is not',
      { idle, lastActivityAt: at(-4) },
      [`Last used 4 min ago; ends ${shown(16)} if it is not used until then`],
    ],
    [
      'is in use, without an end that is known',
      { idle: { afterMs: 20 * MINUTE }, lastActivityAt: at(-0.5) },
      ['In use now'],
    ],
    [
      'was never seen used',
      { idle },
      [
        `Not used yet, as far as can be seen; ends ${shown(
          16,
        )} if it is not used until then`,
      ],
    ],
    [
      'is warned about',
      { idle: { ...idle, endsAt: at(3) }, lastActivityAt: at(-17) },
      ['Nobody uses it: it ends in 3 min, unless it is used'],
    ],
    [
      'is warned about, and could be protected',
      {
        idle: { ...idle, endsAt: at(3) },
        lastActivityAt: at(-17),
        protectableUntil: at(600),
      },
      ['Nobody uses it: it ends in 3 min, unless it is used or protected'],
    ],
    [
      'is protected',
      { protectedUntil: at(40) },
      [`Protected until ${shown(40)}`],
    ],
    ['was protected', { protectedUntil: at(-1) }, []],
    ['costs', { cost }, [`${eur('0.35')} so far, ${eur('0.12')} an hour`]],
    [
      'has a budget that lasts',
      { cost: { ...cost, budget: '2', endsAt: at(600) } },
      [`${eur('0.35')} so far, ${eur('0.12')} an hour, of at most ${eur('2')}`],
    ],
    [
      'ends by its budget',
      { cost: { ...cost, budget: '0.36', endsAt: at(5) } },
      [
        `${eur('0.35')} so far, ${eur('0.12')} an hour, of at most ${eur(
          '0.36',
        )}`,
        `The budget is used up ${shown(5)}: it ends then`,
      ],
    ],
    [
      'has cost, and nothing else matters any more',
      { state: 'revoked', cost, idle, protectedUntil: at(40) },
      [`It cost ${eur('0.35')}`],
    ],
    [
      'saved something, each part of it told by itself',
      {
        state: 'revoked',
        expiresAt: at(60),
        verifiedAt: at(-30),
        cost: {
          ...cost,
          saved: {
            reclaimed: '0.18',
            avoided: '19.20',
            baselineMs: 7 * 1_440 * MINUTE,
          },
        },
      },
      [
        `It cost ${eur('0.35')}`,
        `Ended 1 h 30 min before its time: ${eur('0.18')} reclaimed`,
        `Avoided, against 7 d that one like it would have stayed: ${eur(
          '19.20',
        )}`,
      ],
    ],
    [
      'saved nothing, of which nothing is said',
      {
        state: 'revoked',
        verifiedAt: at(0),
        cost: { ...cost, saved: { reclaimed: '0.00', avoided: '0.00' } },
      },
      [`It cost ${eur('0.35')}`],
    ],
    [
      'is provisional',
      { origin: { type: 'scaffolder-task', id: 'x', settled: false } },
      [
        'It stays once what it was made for has been done, and ends if that fails.',
      ],
    ],
    [
      'stands for itself',
      { origin: { type: 'scaffolder-task', id: 'x', settled: true } },
      [],
    ],
  ])('%s', (_, changes, expected) => {
    const lease = aLease(NOW, { kind: 'infrastructure', ...changes });
    expect(describeEnvironment(t, lease, NOW)).toEqual(expected);
  });

  it('tells how far it has come, and when that is looked at again', () => {
    const lease = aLease(NOW, {
      state: 'revoking',
      note: 'Waiting for 2 volumes',
      nextActionAt: new Date(NOW + 8_000).toISOString(),
    });
    const lines = (changes: Partial<Lease>) =>
      describeLease(t, { ...lease, ...changes }, { now: NOW }).lines;
    expect(lines({})).toEqual(['Waiting for 2 volumes · next look in 8 s']);
    expect(lines({ attempts: 1 })).toEqual(['Waiting for 2 volumes']);
  });

  it('adds amounts up by currency without a loss, and multiplies them as well as anybody can tell', () => {
    expect(
      sumMoney([
        { amount: '0.10', currency: 'EUR' },
        { amount: '0.20', currency: 'EUR' },
        { amount: '1.000001', currency: 'USD' },
      ]),
    ).toEqual([
      { amount: '0.3', currency: 'EUR' },
      { amount: '1.000001', currency: 'USD' },
    ]);
    const left = (changes: Partial<Lease>) =>
      stillToCost(aLease(NOW, { cost, ...changes }), NOW);
    expect(left({ expiresAt: at(90) })).toBe(eur('0.18'));
    expect(left({ cost: undefined })).toBeUndefined();
    expect(left({ state: 'revoking' })).toBeUndefined();
  });

  it('writes amounts of a currency that nobody knows as they are', () => {
    expect(formatMoney('1.5', 'GOLD')).toBe('1.5 GOLD');
  });
});
