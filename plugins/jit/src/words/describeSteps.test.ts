import { mockApis } from '@backstage/test-utils';
import { ApprovalStepStatus } from '@backstage-jit/plugin-jit-common';
import { formatInstant } from '../time';
import { jitTranslationRef, Translate } from '../translation';
import {
  approvalWords,
  describeSteps,
  lapseWords,
  waitingWords,
} from './describeSteps';

const NOW = Date.parse('2031-05-06T09:00:00Z');
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const { t } = mockApis
  .translation()
  .getTranslation(jitTranslationRef) as unknown as { t: Translate };

const TOMAS = 'user:default/tomas.varga';
const INES = 'user:default/ines.calder';
const RAVI = 'user:default/ravi.lindqvist';

const OWNERS: ApprovalStepStatus = {
  rule: 'owners of the target',
  approvers: ['group:default/orders-team'],
  count: 1,
  state: 'done',
  openedAt: at(-10),
  decisions: [{ by: TOMAS, decision: 'approve', at: at(-4) }],
};
const SECURITY: ApprovalStepStatus = {
  rule: 'members of group:default/security or user:default/ines.calder',
  approvers: ['group:default/security', INES],
  count: 2,
  state: 'open',
  openedAt: at(-4),
  decisions: [{ by: RAVI, decision: 'approve', at: at(-1) }],
};
const LATER: ApprovalStepStatus = {
  rule: 'manager of who receives it',
  approvers: [TOMAS],
  count: 1,
  state: 'waiting',
  decisions: [],
};

const steps = (
  state: 'pending' | 'approved' | 'denied' | 'lapsed',
  ...all: ApprovalStepStatus[]
) =>
  describeSteps(t, { state, steps: all }, NOW).map(
    ({ look, title, beside, lines, approvers }) => ({
      look,
      text: [title, ...beside].join(' · '),
      lines,
      approvers,
    }),
  );

describe('the steps of a request in words', () => {
  it('says what is done, what is open for whom and since when, and what comes after', () => {
    expect(steps('pending', OWNERS, SECURITY, LATER)).toEqual([
      {
        look: 'done',
        text: 'Owners of the target · approved',
        lines: [],
        approvers: [],
      },
      {
        look: 'open',
        text: '2 members of security or ines.calder · 1 of 2 still to approve · for 4 min',
        lines: [],
        approvers: ['group:default/security', INES],
      },
      {
        look: 'ahead',
        text: 'Manager of who receives it · after that',
        lines: [],
        approvers: [TOMAS],
      },
    ]);
  });

  it('says since when more people can decide', () => {
    const [step] = steps('pending', { ...SECURITY, escalatedAt: at(-2) });
    expect(step.lines).toEqual([
      `Nobody answered, so more people can since ${formatInstant(at(-2), {
        now: NOW,
      })}.`,
    ]);
  });

  it('asks nobody any more once it is decided', () => {
    const denied: ApprovalStepStatus = {
      ...SECURITY,
      state: 'waiting',
      decisions: [{ by: INES, decision: 'deny', at: at(-1), comment: 'No' }],
    };
    expect(steps('denied', OWNERS, denied, LATER)).toMatchObject([
      { look: 'done' },
      { look: 'denied', approvers: [] },
      {
        look: 'ahead',
        text: 'Manager of who receives it · not asked any more',
        approvers: [],
      },
    ]);
    expect(steps('lapsed', { ...SECURITY, state: 'waiting' })).toMatchObject([
      { look: 'ahead', approvers: [] },
    ]);
  });

  it('says what an emergency skipped', () => {
    const skipped: ApprovalStepStatus = { ...LATER, state: 'skipped' };
    expect(steps('approved', skipped)).toMatchObject([
      { look: 'skipped', approvers: [] },
    ]);
  });
});

describe('whom a request waits for', () => {
  it('is how many of how many, and who; nobody once it is decided', () => {
    const all = [OWNERS, SECURITY, LATER];
    expect(waitingWords(t, { state: 'pending', steps: all })).toBe(
      'Waiting for 1 of 2 from security or ines.calder',
    );
    expect(waitingWords(t, { state: 'denied', steps: all })).toBeUndefined();
    expect(waitingWords(t, { state: 'pending', steps: [] })).toBeUndefined();
  });

  it('goes by itself at a time', () => {
    expect(lapseWords(t, { lapsesAt: at(150) }, NOW)).toBe(
      'lapses in 2 h 30 min',
    );
    expect(lapseWords(t, {}, NOW)).toBeUndefined();
  });

  it('is said of an offer before asking', () => {
    expect(
      approvalWords(t, [
        { rule: 'owners of the target', count: 1 },
        { rule: 'members of group:default/security', count: 2 },
      ]),
    ).toBe('owners of the target, then 2 members of security');
  });
});
