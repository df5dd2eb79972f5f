import { Lease } from '@backstage-jit/plugin-jit-common';
import { durationWords, formatInstant } from '../time';
import { Translate } from '../translation';
import { formatMoney } from './formatMoney';
import { isProtected, protectableTo, timeLeftMs } from './leasePhase';

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
    ...savedLines(t, lease),
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
    const protectable = protectableTo(lease) ?? 0;
    return t(
      protectable > now ? 'environment.idleSoonOr' : 'environment.idleSoon',
      {
        duration: durationWords(t, Date.parse(endsAt) - now),
      },
    );
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
  return state === 'active' && protectedUntil && isProtected(lease, now)
    ? t('environment.protectedUntil', { time: at(protectedUntil, now) })
    : undefined;
}

function costLine(t: Translate, { cost, keptUntil, state }: Lease) {
  if (!cost) {
    return undefined;
  }
  const money = (amount: string) => formatMoney(amount, cost.currency);
  const amount = money(cost.amount);
  if (state === 'revoked' || keptUntil) {
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

/** Nothing is said where nothing was saved. */
function savedLines(t: Translate, lease: Lease): string[] {
  const { cost, expiresAt = '' } = lease;
  const { saved, currency = '' } = cost ?? {};
  const lines: string[] = [];
  if (Number(saved?.reclaimed) > 0) {
    lines.push(
      t('environment.reclaimed', {
        amount: formatMoney(saved!.reclaimed, currency),
        duration: durationWords(
          t,
          Date.parse(expiresAt) - Date.parse(costedUntil(lease)),
        ),
      }),
    );
  }
  if (saved?.baselineMs !== undefined && Number(saved.avoided) > 0) {
    lines.push(
      t('environment.avoided', {
        amount: formatMoney(saved.avoided!, currency),
        duration: durationWords(t, saved.baselineMs),
      }),
    );
  }
  return lines;
}

/** A last copy costs nothing, and of what nobody can look at only the end is known. */
function costedUntil({ keptUntil, endedAt = '', verifiedAt }: Lease): string {
  return keptUntil ? endedAt : verifiedAt ?? endedAt;
}

/** What an active lease will still cost until its clock ends it; undefined where nobody knows, and for nothing. */
export function stillToCost(lease: Lease, now: number): string | undefined {
  const { cost } = lease;
  const left = timeLeftMs(lease, now);
  if (!cost || !left) {
    return undefined;
  }
  const amount = (Number(cost.perHour) * left) / 3_600_000;
  return amount >= 0.005
    ? formatMoney(amount.toFixed(2), cost.currency)
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
