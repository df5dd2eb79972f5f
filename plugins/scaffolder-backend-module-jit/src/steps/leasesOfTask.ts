import { Lease, LeaseState } from '@backstage-jit/plugin-jit-common';
import { onBehalfOfInitiator } from './onBehalfOfInitiator';
import { refusalOf } from './refusal';
import { StepContext, StepServices, TASK_ORIGIN } from './StepContext';

/** The most that the jit backend gives at once. */
const PAGE = 200;

const UNFINISHED: LeaseState[] = [
  'requested',
  'approved',
  'granting',
  'active',
  'revoking',
];

/**
 * The leases that steps of this task asked for and that are not finished, the newest first.
 *
 * @throws Error with the rule that refuses it, and what to do
 */
export async function leasesOfTask(
  ctx: StepContext,
  services: StepServices,
): Promise<Lease[]> {
  const as = await onBehalfOfInitiator(ctx, services);
  const query = { requester: 'me', state: UNFINISHED, limit: PAGE };
  const found: Lease[] = [];
  let cursor: string | undefined;
  try {
    do {
      const page = await services.jit.listLeases({ ...query, cursor }, as);
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  } catch (error) {
    throw refusalOf(error, 'The leases of this task were not found');
  }
  return found.filter(
    ({ origin }) => origin?.type === TASK_ORIGIN && origin.id === ctx.task.id,
  );
}
