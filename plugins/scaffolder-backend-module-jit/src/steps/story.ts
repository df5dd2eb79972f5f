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

/** `12:30 UTC`, with the day where it is not today; to the second where that matters. */
export function clock(
  instant: string,
  now: string,
  format: 'HH:mm' | 'HH:mm:ss' = 'HH:mm',
): string {
  const at = DateTime.fromISO(instant, { zone: 'utc' });
  const today = at.hasSame(DateTime.fromISO(now, { zone: 'utc' }), 'day');
  const day = today ? '' : 'd LLL ';
  return at.toFormat(`${day}${format} 'UTC'`, { locale: 'en' });
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

/** What is left of a lease that is over, or of which nothing but a closed copy is left. */
export function goneLine(lease: Lease, now: string): string {
  const { kept, keptUntil, state, verifiedAt } = lease;
  const name = `Lease ${shortId(lease)}`;
  if (state === 'revoking' && keptUntil !== undefined) {
    const until = clock(keptUntil, now);
    return `${name} is closed: a last copy is kept until ${until}`;
  }
  if (state !== 'revoked') {
    return `${name} never began (${state}): nothing was made`;
  }
  if (kept !== undefined) {
    const why =
      kept === 'shared' ? 'another lease has it, too' : 'it was there before';
    return `${name} is over; what it gave stays, as ${why}`;
  }
  return verifiedAt === undefined
    ? `${name} was taken back; nobody can look whether it is gone`
    : `${name} is gone, verified ${clock(verifiedAt, now, 'HH:mm:ss')}`;
}
