import { EventDraft } from '../../leases/records';
import { StepRecord } from './StepRecord';

/** Who did it: an entity ref, or `system:<part>`. */
export interface Deed {
  actor: string;
  why?: string;
  data?: EventDraft['data'];
}

/** The event of it on a lease. */
export function noted(
  leaseId: string,
  type: EventDraft['type'],
  { actor, why, data }: Deed,
): EventDraft {
  return { leaseId, type, actor, ...(why && { why }), ...(data && { data }) };
}

/** Why something is granted: the rule, and who approved it. */
export function whyGranted(rule: string, steps: StepRecord[]): string {
  const by = steps.flatMap(({ decisions }) => decisions.map(each => each.by));
  return by.length ? `${rule}, approved by ${by.join(', ')}` : rule;
}
