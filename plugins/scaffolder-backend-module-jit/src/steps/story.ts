import { Lease } from '@backstage-jit/plugin-jit-common';
import { DateTime } from 'luxon';

/** Enough of an id for people to tell leases apart. */
export function shortId(lease: Pick<Lease, 'id'>): string {
  return `${lease.id.slice(0, 8)}…`;
}

/** `1 h 30 min`, to the minute; under a minute `0.8 s`. */
export function inWords(milliseconds: number): string {
  if (milliseconds < 59_500) {
    return `${Math.round(milliseconds / 100) / 10} s`;
  }
  const all = Math.round(milliseconds / 60_000);
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  return [hours && `${hours} h`, minutes && `${minutes} min`]
    .filter(Boolean)
    .join(' ');
}

/** `12:30 UTC`, with the day where it is not today. */
export function clock(instant: string, now: string): string {
  const at = DateTime.fromISO(instant, { zone: 'utc' });
  const today = at.hasSame(DateTime.fromISO(now, { zone: 'utc' }), 'day');
  return at.toFormat(today ? "HH:mm 'UTC'" : "d LLL HH:mm 'UTC'", {
    locale: 'en',
  });
}

/** What a step tells when a lease stands like this; undefined when nothing. */
export function lineFor(lease: Lease): string | undefined {
  switch (lease.state) {
    case 'requested':
      return 'Waiting for somebody to decide';
    case 'approved':
      return 'Granted, about to start';
    case 'granting':
      return 'Being set up';
    case 'revoking':
      return 'Being taken back';
    default:
      return undefined;
  }
}

/** What is in the way, as the portal says it; undefined when nothing. */
export function troubleFor(lease: Lease): string | undefined {
  const { lastError, stuck } = lease;
  if (!lastError) {
    return undefined;
  }
  const tries = stuck
    ? 'The operators have been told, and it is tried on'
    : 'It is tried again';
  return `${lastError.message.replace(/\.$/, '')}. ${tries}`;
}

/** When it ends; undefined while nobody knows. */
export function endLine(lease: Lease, now: string): string | undefined {
  const { expiresAt } = lease;
  if (!expiresAt) {
    return undefined;
  }
  const left = Date.parse(expiresAt) - Date.parse(now);
  return `Ends ${clock(expiresAt, now)}, in ${inWords(left)}`;
}
