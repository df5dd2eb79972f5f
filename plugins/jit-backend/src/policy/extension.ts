import { decideExtension } from './approval';
import { BundleTimes } from './Bundle';
import { formatDuration, LONGEST_DURATION_MS } from './duration';
import { Profile } from './Profile';

/** The rules of now for a later end of a lease, or of a bundle. */
export interface ExtensionTerms {
  /** Of its profile, or of each part of the bundle. */
  profiles: Array<Pick<Profile, 'title' | 'approval'>>;
  times: BundleTimes;
}

/**
 * The latest end that people can approve of a lease that became active at an instant; undefined when they can approve none.
 */
export function latestByApproval(
  { durations, extension }: BundleTimes,
  grantedAt: number,
): number | undefined {
  if (!extension || extension.byApprovalMs === 0) {
    return undefined;
  }
  const { maximumMs, byApprovalMs = LONGEST_DURATION_MS } = extension;
  return (
    grantedAt +
    Math.min(
      durations.maximumMs + maximumMs + byApprovalMs,
      LONGEST_DURATION_MS,
    )
  );
}

/**
 * How much later people can approve an end to be, at a time: no more than they could give in a new lease.
 *
 * @returns or why they cannot, as a sentence
 */
export function extensibleByApproval(options: {
  terms: ExtensionTerms;
  grantedAt: number;
  expiresAt: number;
}): { upToMs: number } | { refusal: string } {
  const { terms, grantedAt, expiresAt } = options;
  const { profiles, times } = terms;
  for (const profile of profiles) {
    const decision = decideExtension({ profile });
    if (decision.by === 'nobody') {
      return { refusal: decision.rule };
    }
  }
  const title = profiles.map(profile => profile.title).join(', ');
  const latest = latestByApproval(times, grantedAt);
  if (latest === undefined) {
    return { refusal: `${title} has no later end by approval` };
  }
  const upToMs = Math.min(times.durations.maximumMs, latest - expiresAt);
  return upToMs > 0
    ? { upToMs }
    : {
        refusal: `${title} lasts ${formatDuration(
          latest - grantedAt,
        )} at the most, whoever approves`,
      };
}
