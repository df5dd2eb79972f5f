import { JsonObject } from '@backstage/types';
import {
  END_REASONS,
  LeaseEvent,
  LeaseEventType,
} from '@backstage-jit/plugin-jit-common';
import { durationWords, formatInstant } from '../time';
import { Translate } from '../translation';

export interface EventWords {
  title: string;
  /** What was done in particular, a line each. */
  details: string[];
}

/** A line of a lease's history in words. */
export function describeEvent(
  t: Translate,
  event: LeaseEvent,
  options: { now: number },
): EventWords {
  const data = event.data ?? {};
  const report = Array.isArray(data.report) ? data.report.map(String) : [];
  const residual =
    typeof data.residual === 'string'
      ? [t('status.residual', { residual: data.residual })]
      : [];
  return {
    title: titleOf(t, event, options.now),
    details: [
      ...(event.why ? [event.why] : []),
      ...(event.type === 'lease.approval-given'
        ? narrowingOf(t, data, options.now)
        : []),
      ...report,
      ...residual,
    ],
  };
}

/** How an approval gave less than what was asked for. */
function narrowingOf(t: Translate, data: JsonObject, now: number): string[] {
  const { durationMs, startsAt } = data;
  return [
    ...(typeof durationMs === 'number'
      ? [t('decided.onlyFor', { duration: durationWords(t, durationMs) })]
      : []),
    ...(typeof startsAt === 'number'
      ? [t('decided.notBefore', { time: formatInstant(startsAt, { now }) })]
      : []),
  ];
}

const TITLES = {
  'lease.requested': 'event.requested',
  'lease.approval-given': 'decided.given',
  'lease.rules-changed': 'decided.rulesChanged',
  'lease.approved': 'event.approved',
  'lease.denied': 'event.denied',
  'lease.withdrawn': 'event.withdrawn',
  'lease.lapsed': 'event.lapsed',
  'lease.granting': 'event.granting',
  'lease.active': 'event.active',
  'lease.end-asked': 'event.endAsked',
  'lease.retry-asked': 'event.retryAsked',
  'lease.extension-asked': 'extension.asked',
  'lease.extension-denied': 'extension.denied',
  'lease.extension-withdrawn': 'extension.withdrawn',
  'lease.extension-lapsed': 'extension.lapsed',
  'lease.ending-soon': 'event.endingSoon',
  'lease.stuck': 'event.stuck',
  'credentials.issued': 'event.credentials',
  'attempt.failed': 'event.attemptFailed',
  'revoke.report': 'event.revokeReport',
  'lease.kept': 'event.kept',
  'lease.idle-warned': 'event.idleWarned',
  'lease.used-again': 'event.usedAgain',
  'lease.budget-warned': 'event.budgetWarned',
  'lease.protection-lifted': 'event.protectionLifted',
  'lease.protection-over': 'event.protectionOver',
  'lease.told': 'breakGlass.eventTold',
  'lease.review-due': 'breakGlass.eventReviewDue',
  'lease.review-missed': 'breakGlass.eventReviewMissed',
  'lease.reviewed': 'breakGlass.eventReviewed',
  'origin.completed': 'event.originCompleted',
  'origin.failed': 'event.originFailed',
  'origin.vanished': 'event.originVanished',
  'lease.removed': 'event.removed',
} as const satisfies Partial<Record<LeaseEventType, string>>;

function titleOf(t: Translate, event: LeaseEvent, now: number): string {
  const { type, to, data = {} } = event;
  if (type === 'lease.extended') {
    const [from, until] = [data.from, data.to].map(instant =>
      typeof instant === 'string' ? formatInstant(instant, { now }) : undefined,
    );
    return from && until
      ? t('event.extendedTo', { from, to: until })
      : t('event.extended');
  }
  if (type === 'lease.protected' && typeof data.until === 'string') {
    return t('event.protectedUntil', {
      until: formatInstant(data.until, { now }),
    });
  }
  if (type === 'lease.kept' && typeof data.until === 'string') {
    return t('event.keptUntil', {
      until: formatInstant(data.until, { now }),
    });
  }
  if (type === 'entitlement.looked-up') {
    return t(data.heldBefore ? 'event.lookedUpHeld' : 'event.lookedUp');
  }
  if (to === 'revoked' && data.verified === false) {
    return t('event.revokedUnverified');
  }
  if (to === 'revoked') {
    return t(data.kept ? 'event.revokedKept' : 'event.revoked');
  }
  if (to === 'revoking') {
    const reason = endReasonOf(type);
    return reason
      ? `${t(`ended.${reason}`)}. ${t('event.revoking')}`
      : t('event.revoking');
  }
  if (type in TITLES) {
    return t(TITLES[type as keyof typeof TITLES]);
  }
  // A later backend knows more kinds of lines than this page.
  const words = type.replace(/^lease\./, '').replace(/[.-]/g, ' ');
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function endReasonOf(type: string) {
  return END_REASONS.find(reason => type === `lease.${reason}`);
}
