import { Lease, leaseLink } from '@backstage-jit/plugin-jit-common';
import { StepServices } from './StepContext';

/** What is known of one part of a bundle; see `partsOutput`. */
interface PartOutput {
  leaseId: string;
  state: string;
  link: string;
  facts: Record<string, string>;
}

interface PartsSink {
  output(name: 'parts', value: Record<string, PartOutput>): void;
}

/** Hands on what is known of each part of a bundle, by its profile. */
export function outputParts(
  ctx: PartsSink,
  options: Pick<StepServices, 'appUrl'>,
  leases: Lease[],
): void {
  const parts = leases.map(({ profileId, id, state, facts }) => {
    const link = leaseLink(options.appUrl, id);
    return [profileId, { leaseId: id, state, link, facts: { ...facts } }];
  });
  ctx.output('parts', Object.fromEntries(parts));
}
