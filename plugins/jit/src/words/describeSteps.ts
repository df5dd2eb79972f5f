import {
  AccessRequest,
  ApprovalStepStatus,
  ProfileOffer,
} from '@backstage-jit/plugin-jit-common';
import { durationWords, formatInstant } from '../time';
import { Translate } from '../translation';
import { nameOf } from './nameOf';

type Decision = ApprovalStepStatus['decisions'][number];

/** What a step says of itself, and who can decide it, by entity ref. */
export interface StepWords {
  look: 'done' | 'denied' | 'open' | 'ahead' | 'skipped';
  title: string;
  beside: string[];
  /** Whole sentences below it. */
  lines: string[];
  approvers: string[];
  decisions: Decision[];
}

/** The approval steps of a request in words, in their order. */
export function describeSteps(
  t: Translate,
  request: Pick<AccessRequest, 'state' | 'steps'>,
  now: number,
): StepWords[] {
  const isPending = request.state === 'pending';
  return request.steps.map(step => {
    const look = lookOf(step, isPending);
    const asked = isPending && (look === 'open' || look === 'ahead');
    return {
      look,
      title: upperFirst(ruleWords(step)),
      beside: besideOf(t, { step, look, isPending, now }),
      lines:
        look === 'open' && step.escalatedAt
          ? [
              t('progress.escalated', {
                time: formatInstant(step.escalatedAt, { now }),
              }),
            ]
          : [],
      approvers: asked ? step.approvers : [],
      decisions: step.decisions,
    };
  });
}

/** Whom a request waits for at the moment: "Waiting for 1 of 2 from security". Undefined when for nobody. */
export function waitingWords(
  t: Translate,
  { state, steps }: Pick<AccessRequest, 'state' | 'steps'>,
): string | undefined {
  const open = state === 'pending' && steps.find(step => missingIn(step) > 0);
  return open
    ? t('progress.waitingFor', {
        missing: String(missingIn(open)),
        of: String(open.count),
        approvers: open.approvers.map(nameOf).join(` ${t('status.or')} `),
      })
    : undefined;
}

/** When it goes by itself if nobody decides; undefined when it does not. */
export function lapseWords(
  t: Translate,
  { lapsesAt }: Pick<AccessRequest, 'lapsesAt'>,
  now: number,
): string | undefined {
  return lapsesAt
    ? t('progress.lapsesIn', {
        duration: durationWords(t, Date.parse(lapsesAt) - now),
      })
    : undefined;
}

/** Who approves what an offer gives: "owners of the target, then 2 members of security". */
export function approvalWords(
  t: Translate,
  approval: NonNullable<ProfileOffer['approval']>,
): string {
  return approval
    .map(({ rule, count }) =>
      count > 1 ? `${count} ${shortened(rule)}` : shortened(rule),
    )
    .join(`, ${t('progress.then')} `);
}

function lookOf(step: ApprovalStepStatus, isPending: boolean) {
  if (step.decisions.some(({ decision }) => decision === 'deny')) {
    return 'denied';
  }
  if (step.state === 'skipped') {
    return 'skipped';
  }
  if (missingIn(step) <= 0) {
    return 'done';
  }
  // An older backend does not say which one it is.
  return isPending && step.state !== 'waiting' ? 'open' : 'ahead';
}

function besideOf(
  t: Translate,
  options: {
    step: ApprovalStepStatus;
    look: StepWords['look'];
    isPending: boolean;
    now: number;
  },
): string[] {
  const { step, look, isPending, now } = options;
  if (look === 'open') {
    return [
      t('progress.open', {
        missing: String(missingIn(step)),
        of: String(step.count),
      }),
      ...(step.openedAt
        ? [
            t('progress.since', {
              duration: durationWords(t, now - Date.parse(step.openedAt)),
            }),
          ]
        : []),
    ];
  }
  return [
    look === 'ahead' && !isPending
      ? t('progress.notAsked')
      : t(`progress.${look}`),
  ];
}

function missingIn({ count, decisions }: ApprovalStepStatus): number {
  return (
    count - decisions.filter(({ decision }) => decision === 'approve').length
  );
}

function ruleWords({ rule, approvers, count }: ApprovalStepStatus): string {
  const who = rule ? shortened(rule) : approvers.map(nameOf).join(', ');
  return count > 1 ? `${count} ${who}` : who;
}

/** Entity refs in a sentence of the backend's, by their names alone. */
export function shortened(rule: string): string {
  return rule.replace(/\b(?:user|group):(?:[\w.-]+\/)?([\w.-]+)/gi, '$1');
}

function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
