import { mockApis } from '@backstage/test-utils';
import {
  END_REASONS,
  LEASE_EVENT_TYPES,
} from '@backstage-jit/plugin-jit-common';
import { NADIA, RAVI } from '../__testUtils__';
import { formatInstant } from '../time';
import { jitTranslationRef, Translate } from '../translation';
import { describeEvent } from './describeEvent';

const NOW = Date.parse('2031-05-06T09:00:00Z');
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
const shown = (seconds: number) =>
  formatInstant(NOW + seconds * 1_000, { now: NOW });

const { t } = mockApis
  .translation()
  .getTranslation(jitTranslationRef) as unknown as { t: Translate };

const ENDS: string[] = END_REASONS.map(reason => `lease.${reason}`);

it('tells its history, kinds of lines it does not know too', () => {
  const line = (type: string, rest = {}) =>
    describeEvent(
      t,
      {
        leaseId: 'l',
        sequence: 1,
        at: at(0),
        actor: NADIA,
        type,
        ...rest,
      },
      { now: NOW },
    );
  expect(line('lease.expired', { to: 'revoking' }).title).toBe(
    'Time was up. Ending began',
  );
  expect(
    line('lease.extended', { data: { from: at(0), to: at(600) } }).title,
  ).toBe(`Extended: ends ${shown(600)} instead of ${shown(0)}`);
  expect(
    line('lease.approval-given', {
      actor: RAVI,
      why: 'for an hour',
      data: { durationMs: 3_600_000, startsAt: NOW },
    }),
  ).toEqual({
    title: 'Approved by one who decides',
    details: ['for an hour', 'For 1 h only', `Not before ${shown(0)}`],
  });
  expect(
    line('revoke.report', { data: { report: ['dropped function f'] } }),
  ).toEqual({
    title: 'What was cleaned up',
    details: ['dropped function f'],
  });
  expect(
    line('lease.revoked', { to: 'revoked', data: { verified: false } }).title,
  ).toBe('Taken back; nobody can look whether it is gone');
  expect(line('lease.protected', { data: { until: at(600) } }).title).toBe(
    `Protected until ${shown(600)}`,
  );
  expect(line('lease.idle-warned').title).toBe(
    'Not in use: it ends soon unless it is used',
  );
  expect(line('lease.moon-phase', { why: 'full' })).toEqual({
    title: 'Moon phase',
    details: ['full'],
  });
});

it.each(LEASE_EVENT_TYPES)('has words for %s', type => {
  const keyOf = ((key: string) => key) as unknown as Translate;
  const { title } = describeEvent(
    keyOf,
    {
      leaseId: 'l',
      sequence: 1,
      at: at(0),
      actor: NADIA,
      type,
      ...(ENDS.includes(type) && { to: 'revoking' }),
      ...(type === 'lease.revoked' && { to: 'revoked' }),
      ...(type === 'lease.protected' && { data: { until: at(600) } }),
    },
    { now: NOW },
  );
  // A key of a message, and not the kind itself in other letters.
  expect(title).toMatch(/^[a-zA-Z]+\.[a-zA-Z-]+/);
  expect(title).not.toBe('event.revoking');
});
