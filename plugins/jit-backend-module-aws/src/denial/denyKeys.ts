import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { isDeepStrictEqual } from 'node:util';
import { AwsCall } from '../connection/ask';
import { LeaseKeys } from '../provider/types';
import { Denial } from './Denial';
import {
  deleteDenial,
  isInPlace,
  putDenial,
  RoleDenials,
} from './rolePolicies';

/**
 * So many ended leases are denied one by one at the same time on one role: about half of the 10,240 characters that IAM has for all inline
 * policies of a role. The rest is for others', and for a cutoff.
 */
export const MOST_DENIALS = 30;

/** After a denial its keys are counted dead so much later than they should be: clocks differ. */
const CLOCKS_DIFFER_MS = 60_000;

/** How long after its intent a mint can at most have made keys that somebody got. */
const LONGEST_MINT_MS = 30_000;

/** So far ahead of IAM's clock is a cutoff: STS may have another one by a moment. */
const CUTOFF_AHEAD_MS = 2_000;

/** IAM takes about as long to heed a denial, so that one for less is none. */
const TOO_SHORT_TO_DENY_MS = 30_000;

/** Whether the keys are dead, or will be before a denial of them would be heeded. */
export function diesByItself(options: {
  keys: LeaseKeys;
  at: number;
}): boolean {
  return options.at + TOO_SHORT_TO_DENY_MS >= options.keys.usableUntil;
}

/** Until when the denial of these keys has to stay. */
export function deniedUntil(keys: LeaseKeys): number {
  return Math.ceil((keys.usableUntil + CLOCKS_DIFFER_MS) / 1000) * 1000;
}

/** Whether the denial, as its name says it is, denies all keys of the lease to their end. */
export function denies(
  denial: Denial,
  lease: { externalName: string; keys: LeaseKeys },
): boolean {
  const { externalName, keys } = lease;
  const isOnTheseKeys =
    denial.before === undefined
      ? denial.externalName === externalName
      : denial.before >= keys.intendedAt + LONGEST_MINT_MS;
  return isOnTheseKeys && denial.until >= deniedUntil(keys);
}

/** Whether all keys of the lease are denied on the role, by a look at the very policies. */
export async function areDenied(
  call: AwsCall,
  options: {
    role: string;
    externalName: string;
    keys: LeaseKeys;
    found: RoleDenials;
  },
): Promise<boolean> {
  for (const denial of options.found.denials) {
    if (
      denies(denial, options) &&
      (await isInPlace(call, options.role, denial))
    ) {
      return true;
    }
  }
  return false;
}

function noRoom(role: string): JitProviderError {
  return JitProviderError.retryable(
    `Role '${role}' has no room for another inline policy: IAM has 10,240 characters for all of them. Make some of its other policies managed ones.`,
  );
}

/**
 * Denies all sessions of one lease on its role: by a policy of the lease's own, for as many leases as fit. When it would be one too many, by one
 * policy for all our sessions on the role that were issued until now. Then holders of other leases on it have to get fresh keys; but no lease
 * that has ended stays alive because many ended at once. The policies that this makes superfluous go.
 *
 * Several may do this at once: no policy is ever changed; one is deleted only after a cutoff was put that denies all that it denies, and a lease
 * that has a policy of its own had its last keys before that policy was listed here.
 *
 * @returns what was done beyond the plain case
 * @throws JitProviderError `retryable` when IAM's limit leaves no room
 */
export async function denyKeys(
  call: AwsCall,
  options: {
    role: string;
    externalName: string;
    keys: LeaseKeys;
    found: RoleDenials;
  },
): Promise<string[] | undefined> {
  const { role, externalName, keys } = options;
  const { denials, at } = options.found;
  const until = deniedUntil(keys);
  const others = denials.filter(denial => denial.externalName !== externalName);
  // A cutoff by now might come before keys whose minting is under way by another clock.
  const isTooFresh = at < keys.intendedAt + LONGEST_MINT_MS;
  if (others.length < MOST_DENIALS || isTooFresh) {
    if ((await putDenial(call, role, { externalName, until })) === 'full') {
      throw noRoom(role);
    }
    return undefined;
  }

  const cutoff: Denial = {
    before: Math.max(
      at + CUTOFF_AHEAD_MS,
      ...denials.map(denial => denial.before ?? 0),
    ),
    until: Math.max(until, ...denials.map(denial => denial.until)),
  };
  if ((await putDenial(call, role, cutoff)) === 'full') {
    throw noRoom(role);
  }
  for (const denial of denials) {
    if (!isDeepStrictEqual(denial, cutoff)) {
      await deleteDenial(call, role, denial);
    }
  }
  return [
    `So many leases on role '${role}' ended at once that all keys of our leases on it that were issued until then are denied: holders of other leases have to get fresh ones`,
  ];
}
