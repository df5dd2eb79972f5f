import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { LeaseRecord } from './records';
import { Wish, Wisher, wishEvent } from './wishes';

/** How many tokens of a lease are good at once: each issue of credentials gives one out, and must not silence a job that has an earlier one. */
const MOST_TOKENS = 8;

/** Something that may report the use of one lease, for as long as that is active. Only its hash is kept. */
export interface ActivityToken {
  token: string;
  hash: string;
}

/** 256 random bits. */
export function createActivityToken(): ActivityToken {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOf(token) };
}

/** Takes as long whichever of them it is, or none. */
export function isActivityTokenOf(
  lease: Pick<LeaseRecord, 'activityTokens'> | undefined,
  token: string,
): boolean {
  const given = Buffer.from(hashOf(token), 'hex');
  let found = false;
  for (const hash of lease?.activityTokens ?? []) {
    const known = Buffer.from(hash, 'hex');
    found =
      (known.length === given.length && timingSafeEqual(known, given)) || found;
  }
  return found;
}

/** The tokens of a lease with one more; the oldest goes when there are too many. */
export function withToken(
  tokens: string[] | undefined,
  hash: string,
): string[] {
  return [...(tokens ?? []), hash].slice(-MOST_TOKENS);
}

/** Keeps a token for an active lease whose provider has no credentials to give. */
export function askForToken(
  lease: LeaseRecord,
  wisher: Wisher & { hash: string },
): Wish | undefined {
  return lease.state === 'active'
    ? {
        lease: {
          ...lease,
          activityTokens: withToken(lease.activityTokens, wisher.hash),
        },
        event: wishEvent(lease, wisher, { type: 'credentials.issued' }),
      }
    : undefined;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
