import { LeaseCost } from '@backstage-jit/plugin-jit-common';
import { Draft } from './Draft';
import { keptSince } from './lastCopy';
import { Instant, LeaseRecord } from './records';
import { formatAmount, toMicros } from '../policy/money';

const HOUR_MS = 3_600_000n;

/** A later one cannot be written as a date, and no lease lives so long. */
const LATEST_INSTANT = 8_640_000_000_000_000;

/** Its people are told when this much of the budget is spent, in percent. */
const WARN_AT_PERCENT = 80n;

/** When the lease has cost its whole budget; undefined when that never comes. Neither an extension nor a protection moves it. */
export function budgetEndsAt(lease: LeaseRecord): Instant | undefined {
  return spentAt(lease, 100n);
}

/** When its people are to be told that the budget is running out. */
export function budgetWarnsAt(lease: LeaseRecord): Instant | undefined {
  return lease.budgetWarnedAt === undefined
    ? spentAt(lease, WARN_AT_PERCENT)
    : undefined;
}

/**
 * What the lease has cost: its hourly price for as long as it has been there, from `active` until it was seen to be gone, or closed for a last copy;
 * where nobody can look, until its end. Follows from instants alone, in whole millionths.
 */
export function costOf(
  lease: LeaseRecord,
  now: Instant,
): LeaseCost | undefined {
  const { price, grantedAt, state } = lease;
  if (!price) {
    return undefined;
  }
  const over = overSince(lease) ?? now;
  const lifeMs = grantedAt === undefined ? 0 : Math.max(0, over - grantedAt);
  const endsAt = state === 'active' ? budgetEndsAt(lease) : undefined;
  return {
    amount: priceOf(price.perHour, lifeMs),
    perHour: price.perHour,
    currency: price.currency,
    ...(price.budget !== undefined && { budget: price.budget }),
    ...(endsAt !== undefined && { endsAt: new Date(endsAt).toISOString() }),
    saved: savedBy(lease),
  };
}

/** When it stopped to cost anything; undefined while it goes on. */
function overSince(lease: LeaseRecord): Instant | undefined {
  const { verified, verifiedAt, endedAt } = lease;
  return (
    keptSince(lease) ?? verifiedAt ?? (verified === false ? endedAt : undefined)
  );
}

/**
 * What was saved by a lease that costs nothing any more, in two parts that have no hour in common: `avoided`, from the end that its clock had to the
 * baseline of its profile, and `reclaimed`, from its real end to the one that its clock had.
 */
function savedBy(lease: LeaseRecord): LeaseCost['saved'] {
  const { price, grantedAt, expiresAt } = lease;
  const over = overSince(lease);
  if (
    !price ||
    grantedAt === undefined ||
    expiresAt === undefined ||
    over === undefined
  ) {
    return undefined;
  }
  const planned = Math.max(expiresAt, over);
  const worth = (from: Instant, to: Instant) =>
    priceOf(price.perHour, Math.max(0, to - from));
  return {
    reclaimed: worth(over, planned),
    ...(price.baselineMs !== undefined && {
      avoided: worth(planned, grantedAt + price.baselineMs),
      baselineMs: price.baselineMs,
    }),
  };
}

function priceOf(perHour: string, lifeMs: number): string {
  return formatAmount((toMicros(perHour) * BigInt(lifeMs)) / HOUR_MS);
}

/** Ends an active lease that has cost its budget, and tells before. */
export function applyBudget(
  draft: Draft,
  lease: LeaseRecord,
  now: Instant,
): void {
  const { price } = lease;
  const endsAt = budgetEndsAt(lease) ?? Infinity;
  const warnsAt = budgetWarnsAt(lease) ?? Infinity;
  if (endsAt <= now) {
    draft.beginRevoking(lease, {
      reason: 'budget',
      now,
      why: `It has cost its budget of ${price?.budget} ${price?.currency}`,
    });
  } else if (warnsAt <= now) {
    lease.budgetWarnedAt = now;
    draft.note(lease, {
      type: 'lease.budget-warned',
      why: `${WARN_AT_PERCENT} % of its budget of ${price?.budget} ${price?.currency} is spent`,
      data: { endsAt: new Date(endsAt).toISOString() },
    });
  }
}

/** The first whole millisecond at which so many percent of the budget are spent. */
function spentAt(
  { price, grantedAt }: LeaseRecord,
  percent: bigint,
): Instant | undefined {
  if (price?.budget === undefined || grantedAt === undefined) {
    return undefined;
  }
  const perHour = toMicros(price.perHour) * 100n;
  if (perHour === 0n) {
    return undefined;
  }
  const spent = toMicros(price.budget) * percent * HOUR_MS;
  const afterMs = Number((spent + perHour - 1n) / perHour);
  const at = grantedAt + afterMs;
  return at <= LATEST_INSTANT ? at : undefined;
}
