import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { EngineObserver } from '../engine/EngineObserver';
import { LeaseRecord } from '../leases/records';

/** In seconds: from a few milliseconds, where an end is punctual, to the hours of an outage. */
const LAGS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900,
  3600,
];

/** How late and how long: what the engine does, in numbers for those who run it. No person and no lease is named. */
export function engineMetrics(metrics: MetricsService): EngineObserver {
  const seconds = (name: string, description: string) => {
    const histogram = metrics.createHistogram(name, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: LAGS },
    });
    return (
      from: number | undefined,
      to: number | undefined,
      attributes: Record<string, string>,
    ) => {
      if (from !== undefined && to !== undefined) {
        histogram.record(Math.max(0, to - from) / 1_000, attributes);
      }
    };
  };
  const grant = seconds(
    'jit.lease.grant.duration',
    'From the begin of a grant until the lease is active',
  );
  const endLag = seconds(
    'jit.lease.end.lag',
    'From the end that a lease has until its revocation begins',
  );
  const revoke = seconds(
    'jit.lease.revoke.duration',
    'From the begin of a revocation until the thing was seen to be gone',
  );
  const call = seconds(
    'jit.provider.call.duration',
    'Calls to outside systems, by operation and outcome',
  );
  const claimsLost = metrics.createCounter('jit.claims.lost', {
    description: 'Claims that ran out under a worker',
    unit: '{claim}',
  });

  return {
    moved(lease) {
      const of = attributesOf(lease);
      if (lease.state === 'active') {
        const { grantDueAt, grantWithinMs } = lease;
        grant(grantDueAt && grantDueAt - grantWithinMs, lease.grantedAt, of);
      } else if (lease.state === 'revoking' && lease.endReason === 'expired') {
        endLag(lease.expiresAt, lease.endedAt, of);
      } else if (lease.state === 'revoked' && !lease.kept) {
        revoke(lease.endedAt, lease.verifiedAt, of);
      }
    },
    called({ provider, operation, failure, milliseconds }) {
      call(0, milliseconds, {
        provider,
        operation,
        outcome: failure ?? 'success',
      });
    },
    claimLost: () => claimsLost.add(1),
  };
}

function attributesOf({ provider, kind }: LeaseRecord) {
  return { provider, kind };
}
