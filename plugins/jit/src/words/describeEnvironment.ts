import { Lease } from '@backstage-jit/plugin-jit-common';
import { durationWords, formatInstant } from '../time';
import { Translate } from '../translation';
import { formatMoney } from './formatMoney';

/** Under it nobody says how long ago: each look is late by as much. */
const JUST_NOW_MS = 90_000;

/** What there is to say of infrastructure beside its state: use, protection, cost. A line each, nothing that the backend does not give. */
export function describeEnvironment(
  t: Translate,
  lease: Lease,
  now: number,
): string[] {
  return [
    activityLine(t, lease, now),
    protectionLine(t, lease, now),
    costLine(t, lease),
    budgetLine(t, lease, now),
    originLine(t, lease),
  ].filter((line): line is string => line !== undefined);
}

/** Whether its people are to be warned that it ends for not being used. */
export function idleEndIsNear({ state, idle }: Lease, now: number): boolean {
  const { endsAt, warnMs } = idle ?? {};
  return (
    state === 'active' &&
    endsAt !== undefined &&
    warnMs !== undefined &&
    Date.parse(endsAt) - warnMs <= now
  );
}

function activityLine(t: Translate, lease: Lease, now: number) {
  const { idle, lastActivityAt, state } = lease;
  if (state !== 'active' || !idle) {
    return undefined;
  }
  const endsAt = idle.endsAt;
  if (endsAt && idleEndIsNear(lease, now)) {
    return t('environment.idleSoon', {
      duration: durationWords(t, Date.parse(endsAt) - now),
    });
  }
  const end = endsAt && t('environment.idleEnd', { time: at(endsAt, now) });
  return [usedWords(t, lastActivityAt, now), end].filter(Boolean).join('; ');
}

function usedWords(
  t: Translate,
  lastActivityAt: string | undefined,
  now: number,
): string {
  if (!lastActivityAt) {
    return t('environment.notUsed');
  }
  const ago = now - Date.parse(lastActivityAt);
  return ago < JUST_NOW_MS
    ? t('environment.usedJustNow')
    : t('environment.lastUsed', { duration: durationWords(t, ago) });
}

function protectionLine(t: Translate, lease: Lease, now: number) {
  const { protectedUntil, state } = lease;
  return state === 'active' &&
    protectedUntil &&
    Date.parse(protectedUntil) > now
    ? t('environment.protectedUntil', { time: at(protectedUntil, now) })
    : undefined;
}

function costLine(t: Translate, { cost, state }: Lease) {
  if (!cost) {
    return undefined;
  }
  const money = (amount: string) => formatMoney(amount, cost.currency);
  const amount = money(cost.amount);
  if (state === 'revoked') {
    return t('environment.costEnded', { amount });
  }
  const soFar = t('environment.cost', {
    amount,
    perHour: money(cost.perHour),
  });
  return cost.budget
    ? `${soFar}, ${t('environment.budget', { budget: money(cost.budget) })}`
    : soFar;
}

/** Said only where the budget is what ends it. */
function budgetLine(t: Translate, lease: Lease, now: number) {
  const { cost, expiresAt, state } = lease;
  return state === 'active' &&
    cost?.endsAt &&
    Date.parse(cost.endsAt) < Date.parse(expiresAt ?? cost.endsAt)
    ? t('environment.budgetEnd', { time: at(cost.endsAt, now) })
    : undefined;
}

function originLine(t: Translate, { origin, state }: Lease) {
  if (!origin || origin.settled || state === 'revoked') {
    return undefined;
  }
  return t(
    origin.unknownSince
      ? 'environment.provisionalUnknown'
      : 'environment.provisional',
  );
}

function at(instant: string, now: number): string {
  return formatInstant(instant, { now });
}
