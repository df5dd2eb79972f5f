import { Lease, leaseLink } from '@backstage-jit/plugin-jit-common';
import { StepServices } from './StepContext';

/** The outputs of every action; see `leaseOutput`. */
interface LeaseOutputs {
  leaseId: string;
  state: string;
  link: string;
  endsAt?: string;
  facts?: Record<string, string>;
  waiting: boolean;
}

/** Stands for the lease in a dry run. */
const DRY_RUN: Pick<Lease, 'id' | 'state' | 'expiresAt' | 'facts'> = {
  id: 'dry-run',
  state: 'active',
};

interface LeaseSink {
  output(
    name: keyof LeaseOutputs,
    value: Exclude<LeaseOutputs[keyof LeaseOutputs], undefined>,
  ): void;
}

/** Hands on what is known of a lease, never a secret; after a dry run what stands for it. */
export function outputLease(
  ctx: LeaseSink,
  options: Pick<StepServices, 'appUrl'>,
  result: { lease: Lease; waiting: boolean } | undefined,
): void {
  const { lease = DRY_RUN, waiting = false } = result ?? {};
  const outputs: LeaseOutputs = {
    leaseId: lease.id,
    state: lease.state,
    link: leaseLink(options.appUrl, lease.id),
    endsAt: lease.expiresAt,
    // A plain record of our own, as the templates' renderer takes no other.
    facts: lease.facts && { ...lease.facts },
    waiting,
  };
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) {
      ctx.output(name as keyof LeaseOutputs, value);
    }
  }
}
