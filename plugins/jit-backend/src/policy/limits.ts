import { LimitRules } from './Profile';

/** What is there already, counted in the transaction that would add one more. */
export interface LimitCounts {
  /** Leases of the profile for the subject, from `approved` to the end. */
  ofSubject: number;
  /** Leases of the profile for everybody, from `approved` to the end. */
  ofProfile: number;
}

export interface LimitRefusal {
  limit: 'perSubject' | 'perProfile' | 'openRequestsPerPerson';
  /** Names the limit, for people. */
  message: string;
}

/**
 * Whether the limits of a profile leave room for one more lease.
 *
 * @returns the limit that is reached, or undefined.
 */
export function limitReached(options: {
  profileId: string;
  limits: LimitRules;
  counts: LimitCounts;
}): LimitRefusal | undefined {
  const { profileId, limits, counts } = options;
  if (
    limits.perSubject !== undefined &&
    counts.ofSubject >= limits.perSubject
  ) {
    return {
      limit: 'perSubject',
      message: `${profileId} allows ${leases(
        limits.perSubject,
      )} per person at a time (limits.perSubject)`,
    };
  }
  if (
    limits.perProfile !== undefined &&
    counts.ofProfile >= limits.perProfile
  ) {
    return {
      limit: 'perProfile',
      message: `${profileId} allows ${leases(
        limits.perProfile,
      )} at a time over all people (limits.perProfile)`,
    };
  }
  return undefined;
}

/** Whether a person has too many requests open to make one more. */
export function openRequestsReached(options: {
  open: number;
  openRequestsPerPerson: number;
}): LimitRefusal | undefined {
  const { open, openRequestsPerPerson } = options;
  if (open < openRequestsPerPerson) {
    return undefined;
  }
  return {
    limit: 'openRequestsPerPerson',
    message: `Nobody may have more than ${openRequestsPerPerson} requests open at a time (jit.limits.openRequestsPerPerson)`,
  };
}

function leases(count: number): string {
  return count === 1 ? 'one lease' : `${count} leases`;
}
