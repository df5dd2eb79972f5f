import { mockApis } from '@backstage/test-utils';
import { EndReason, Lease } from '@backstage-jit/plugin-jit-common';
import { aLease, NADIA, RAVI, refused } from '../__testUtils__';
import { nextLookMs } from '../hooks/useLeases';
import { NoAnswerError } from '../live';
import { durationWords, formatInstant, ServerClock } from '../time';
import { jitTranslationRef, Translate } from '../translation';
import { describeLease } from './describeLease';
import { describeProblem } from './describeProblem';
import { phaseOf } from './leasePhase';
import { rightsOn, rightsOnBundle, rightsOnPart } from './rightsOn';

const NOW = Date.parse('2031-05-06T09:00:00Z');
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
const shown = (seconds: number, withSeconds = false) =>
  formatInstant(NOW + seconds * 1_000, { now: NOW, seconds: withSeconds });

const { t } = mockApis
  .translation()
  .getTranslation(jitTranslationRef) as unknown as { t: Translate };

/** Everything a reader is told about a lease. */
function words(changes: Partial<Lease>, endAsked = false): string[] {
  const said = describeLease(t, aLease(NOW, changes), { now: NOW, endAsked });
  return [said.headline, ...said.beside, ...said.lines, ...said.trouble];
}

describe('a lease in words', () => {
  const before = { grantedAt: undefined, expiresAt: undefined };
  const over: Partial<Lease> = {
    state: 'revoked',
    endReason: 'returned',
    endedAt: at(-60),
    verifiedAt: at(-57),
  };

  it.each<[string, Partial<Lease>, string[]]>([
    [
      'waits for a decision',
      { ...before, state: 'requested', requestedAt: at(-240) },
      ['Waiting for a decision', 'asked 4 min ago'],
    ],
    [
      'starts later',
      { ...before, state: 'approved', startsAt: at(7_800) },
      [`Starts ${shown(7_800)}`, 'in 2 h 10 min, for 30 min'],
    ],
    [
      'is about to start',
      { ...before, state: 'approved', startsAt: at(-1) },
      ['About to start'],
    ],
    [
      'waits for another part of its bundle',
      {
        ...before,
        state: 'approved',
        startsAt: at(-1),
        bundle: { id: 'b', title: 'B', part: 2, parts: 2, waiting: true },
      },
      ['Waits for the part before it'],
    ],
    [
      'is being set up',
      { ...before, state: 'granting' },
      ['Being set up…', '30 min'],
    ],
    [
      'is being set up, with trouble',
      {
        ...before,
        state: 'granting',
        attempts: 2,
        nextActionAt: at(12),
        lastError: { class: 'connection', message: 'No route', at: at(-1) },
      },
      [
        'Being set up…',
        '30 min',
        'Last problem: No route',
        'Tried 2 times, next try in 12 s.',
      ],
    ],
    ['lives', {}, ['24 min left', `until ${shown(1_440)}`]],
    [
      'ends soon',
      { expiresAt: at(90) },
      ['1 min 30 s left', `until ${shown(90)}`],
    ],
    [
      'is asked to end, by whoever it was',
      {
        endAskedFor: { at: at(-1), by: RAVI, reason: 'ended' },
        expiresAt: at(600),
      },
      ['Ending…'],
    ],
    ['has run out', { expiresAt: at(-1) }, ['Time is up. Ending…']],
    [
      'is being ended',
      { state: 'revoking', endReason: 'returned' },
      ['Ending…', 'Given back'],
    ],
    [
      'is being taken down in steps',
      {
        state: 'revoking',
        endReason: 'expired',
        note: 'Namespace gone, waiting for 2 volumes',
      },
      ['Ending…', 'Time was up', 'Namespace gone, waiting for 2 volumes'],
    ],
    [
      'may still be alive',
      {
        state: 'revoking',
        endReason: 'stopped',
        aliveUntil: at(600),
        residual: 'a cookie',
      },
      [
        'Ending…',
        'Stopped by an operator',
        `What is still open dies by itself at ${shown(
          600,
          true,
        )} at the latest, and is looked at again then.`,
        'What nobody can take back: a cookie',
      ],
    ],
    [
      'has a last copy',
      { state: 'revoking', endReason: 'expired', keptUntil: at(3_600) },
      [
        'Over, and closed',
        'its last copy for 1 h more',
        'Time was up',
        `A last copy is kept until ${shown(
          3_600,
        )}. Nobody can get into it; then it is removed.`,
      ],
    ],
    [
      'had a last copy',
      { state: 'revoking', endReason: 'expired', keptUntil: at(-1) },
      [
        'Ending…',
        'Time was up',
        `The last copy was kept until ${shown(-1)}. It is being removed.`,
      ],
    ],
    [
      'is stuck',
      {
        state: 'revoking',
        endReason: 'expired',
        stuck: true,
        attempts: 1,
        blockers: ['a volume'],
        lastError: {
          class: 'retryable',
          message: 'Still there: a volume',
          at: at(-9),
        },
        nextActionAt: at(-1),
      },
      [
        'Stuck: Ending…',
        'Time was up',
        'It cannot be ended at the moment, so it may still work. The portal goes on trying until it is gone, and the operators have been told.',
        'Still in the way: a volume',
        'Tried 1 time, trying again now.',
      ],
    ],
    [
      'is stuck before it began',
      { ...before, state: 'granting', stuck: true },
      [
        'Stuck: Being set up…',
        '30 min',
        'It cannot be set up at the moment. The portal goes on trying, and the operators have been told.',
      ],
    ],
    ['is gone', over, [`Gone, verified ${shown(-57, true)}`, 'Given back']],
    [
      'was taken back where nobody can look',
      { ...over, verifiedAt: undefined, verified: false },
      [
        `Taken back ${shown(-60, true)}, not verified`,
        'Given back',
        'Nobody can look whether it is gone. What takes it back ran to its end, and that is all that is known.',
      ],
    ],
    [
      'was never there',
      {
        ...over,
        endReason: 'failed',
        lastError: { class: 'misconfigured', message: 'No role', at: at(-60) },
      },
      [
        `Nothing of it is left, verified ${shown(-57, true)}`,
        'Could not be set up',
        'Last problem: No role',
      ],
    ],
    [
      'left what others share',
      { ...over, kept: 'shared' },
      [
        `Over since ${shown(-57, true)}`,
        'Given back',
        'This lease is over. The access itself stays, because another lease still uses it.',
      ],
    ],
    [
      'left what was held before',
      { ...over, kept: 'held-before' },
      [
        `Over since ${shown(-57, true)}`,
        'Given back',
        'This lease is over. What it gave was held before it began, and was left as it was.',
      ],
    ],
    [
      'was denied',
      { ...before, state: 'denied', endReason: 'ineligible' },
      ['Not granted', 'The rules no longer allow it'],
    ],
    [
      'was withdrawn',
      { ...before, state: 'withdrawn', endReason: 'returned' },
      ['Withdrawn'],
    ],
    [
      'lapsed for want of a decision',
      { ...before, state: 'lapsed' },
      ['Lapsed: nobody decided in time'],
    ],
    [
      'lapsed',
      { ...before, state: 'lapsed', endReason: 'failed' },
      ['Lapsed: it was not started in time'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(words(changes)).toEqual(expected);
  });

  it('believes a click before the engine has begun with it', () => {
    expect(words({}, true)).toEqual(['Ending…']);
    expect(words({ ...before, state: 'granting' }, true)).toEqual(['Ending…']);
  });

  it('has words of its own for each reason to end', () => {
    const reasons: Record<EndReason, string> = {
      expired: 'Time was up',
      returned: 'Given back',
      ended: 'Ended by somebody else',
      idle: 'Ended because it was not used',
      failed: 'Could not be set up',
      denied: 'Somebody who decides said no',
      ineligible: 'The rules no longer allow it',
      offboarded: 'The person is no longer in the catalog',
      stopped: 'Stopped by an operator',
      budget: 'The budget was used up',
      'removed-outside': 'Removed outside the portal',
      resurrected: 'Was seen again after its end, and taken back once more',
      orphaned: 'Found without a lease, and taken back',
    };
    for (const [endReason, expected] of Object.entries(reasons)) {
      expect(words({ ...over, endReason: endReason as EndReason })[1]).toBe(
        expected,
      );
    }
  });

  it('belongs in one of three lists, and offers each reader what is theirs', () => {
    const scheduled = aLease(NOW, { state: 'approved', startsAt: at(60) });
    expect(phaseOf(scheduled, NOW)).toBe('waiting');
    expect(phaseOf(scheduled, NOW + 60_000)).toBe('live');
    expect(phaseOf(aLease(NOW, { state: 'revoking' }), NOW)).toBe('live');
    expect(phaseOf(aLease(NOW, over), NOW)).toBe('past');

    const offered = (changes: Partial<Lease>, me: string, isOperator = false) =>
      Object.entries(rightsOn(aLease(NOW, changes), { me, isOperator }))
        .filter(([, granted]) => granted)
        .map(([name]) => name);
    expect(offered({}, NADIA)).toEqual(['credentials', 'extend', 'done']);
    expect(offered({ extensionsLeft: 0 }, NADIA)).toEqual([
      'credentials',
      'done',
    ]);
    const approvable = { extensionsLeft: 0, extensibleByApprovalMs: 60_000 };
    expect(offered(approvable, NADIA)).toContain('extend');
    const extensionAsked = {
      requestId: 'r',
      durationMs: 60_000,
      until: at(60),
    };
    expect(offered({ ...approvable, extensionAsked }, NADIA)).toEqual([
      'credentials',
      'unask',
      'done',
    ]);
    expect(offered({ ...approvable, extensionAsked }, RAVI)).toEqual([]);
    expect(offered({ subject: RAVI }, NADIA)).toEqual(['extend', 'done']);
    expect(offered({ state: 'granting' }, NADIA)).toEqual(['withdraw']);
    expect(offered({ state: 'revoking' }, NADIA)).toEqual([]);
    const kept = { state: 'revoking', keptUntil: at(60) } as const;
    expect(offered(kept, NADIA)).toEqual(['restore']);
    expect(offered(kept, RAVI, true)).toEqual(['retry']);
    expect(offered({}, RAVI)).toEqual([]);
    const endAskedFor = { at: at(0), by: NADIA, reason: 'returned' as const };
    expect(offered({ endAskedFor }, NADIA)).toEqual([]);
    expect(offered({ endAskedFor, state: 'granting' }, RAVI, true)).toEqual([
      'retry',
    ]);
    expect(offered({}, RAVI, true)).toEqual(['end']);
    const protectableUntil = at(9_000);
    expect(offered({ protectableUntil }, NADIA)).toContain('protect');
    expect(offered({ protectableUntil }, RAVI, true)).toContain('protect');
    expect(offered({ protectableUntil }, RAVI)).toEqual([]);
    expect(
      offered({ protectableUntil, state: 'revoking' }, NADIA),
    ).not.toContain('protect');
    expect(offered({ state: 'revoking' }, RAVI, true)).toEqual(['retry']);
  });

  it('does with a bundle what is done with all of it, and with a part the rest', () => {
    const lease = aLease(NOW, { protectableUntil: at(9_000) });
    const names = (rights: object) =>
      Object.entries(rights)
        .filter(([, granted]) => granted)
        .map(([name]) => name)
        .sort();
    const whole = names(rightsOnBundle(lease, { me: NADIA }));
    const part = names(rightsOnPart(lease, { me: NADIA }));
    expect(whole).toEqual(['done', 'extend']);
    expect([...whole, ...part].sort()).toEqual(
      names(rightsOn(lease, { me: NADIA })),
    );
  });
});

describe('a failure in words', () => {
  it.each<[number, string, Record<string, string>, string[]]>([
    [400, 'duration is odd', {}, ['Something in this cannot be', 'is odd']],
    [
      401,
      'Invalid token',
      {},
      ['You are no longer signed in', 'What you typed is kept'],
    ],
    [
      403,
      'Only members of group:default/dba',
      {},
      ['The rules do not allow this', 'group:default/dba', 'who runs this'],
    ],
    [
      403,
      'user:default/ghost is not a User of the catalog',
      {},
      ['The rules do not allow this', 'to add you'],
    ],
    [404, 'There is no lease x', {}, ['This is not here', 'no lease x']],
    [
      409,
      'It has ended already',
      {},
      [
        'does not fit with how things stand',
        'ended already',
        'brought up to date',
      ],
    ],
    [
      429,
      'Slow down',
      { 'retry-after': '40' },
      ['That was asked too often', 'Slow down', 'Try again in 40 s.'],
    ],
    [429, 'Slow down', {}, ['Wait a little']],
    [
      503,
      'orders is closed at the moment',
      {},
      ['cannot do this at the moment', 'orders is closed', 'Nothing you typed'],
    ],
    [500, 'select * from secrets', {}, ['Something broke', 'tell who runs']],
  ])('%s', async (status, message, headers, expected) => {
    const error = await refused(status, message, headers);
    const { title, said, advice } = describeProblem(t, error);
    const all = [title, said, advice].join(' ');
    for (const part of expected) {
      expect(all).toContain(part);
    }
    expect(all).not.toContain('select');
  });

  it('says when there was no answer at all', () => {
    expect(describeProblem(t, new TypeError('Failed to fetch')).title).toBe(
      'The portal’s backend cannot be reached',
    );
    expect(describeProblem(t, new NoAnswerError()).advice).toContain(
      'does not make it happen twice',
    );
  });
});

describe('time', () => {
  it('is told in two units at most', () => {
    const minute = 60_000;
    expect(
      [
        -5,
        1,
        59_001,
        minute,
        90_000,
        2 * minute,
        23.2 * minute,
        60 * minute,
        90 * minute,
        47.5 * 60 * minute,
        48 * 60 * minute,
        51 * 60 * minute,
      ].map(ms => durationWords(t, ms)),
    ).toEqual([
      '0 s',
      '1 s',
      '1 min',
      '1 min',
      '1 min 30 s',
      '2 min',
      '24 min',
      '1 h',
      '1 h 30 min',
      '47 h 30 min',
      '2 d',
      '2 d 3 h',
    ]);
  });

  it('is the ledger’s: of two answers the quicker one counts, and a clock set back is believed', () => {
    let monotonic = 5_000;
    const clock = new ServerClock(() => monotonic);
    clock.learn(at(0));
    monotonic += 2_000;
    expect(clock.now()).toBe(NOW + 2_000);

    // Ten seconds on its way.
    clock.learn(at(-8));
    expect(clock.now()).toBe(NOW + 2_000);
    clock.learn(at(3));
    expect(clock.now()).toBe(NOW + 3_000);
    clock.learn('');
    expect(clock.now()).toBe(NOW + 3_000);
    clock.learn(at(-600));
    expect(clock.now()).toBe(NOW - 600_000);
  });

  it('brings the next look: soon while something moves, at an end, else calmly', () => {
    const next = (...leases: Array<Partial<Lease>>) =>
      nextLookMs(
        leases.map(changes => aLease(NOW, changes)),
        NOW,
      );
    expect(next()).toBe(30_000);
    expect(next({})).toBe(30_000);
    expect(next({ expiresAt: at(8) })).toBe(8_500);
    expect(next({ expiresAt: at(-8) })).toBe(5_000);
    expect(next({}, { state: 'revoking' })).toBe(5_000);
    expect(next({ state: 'approved', startsAt: at(4) })).toBe(4_500);
    expect(next({ state: 'requested' }, { state: 'revoked' })).toBe(30_000);
  });
});
