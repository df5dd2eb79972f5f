import { Lease } from '@backstage-jit/plugin-jit-common';
import { JitService, JitServiceOptions } from '@backstage-jit/plugin-jit-node';
import { JsonValue } from '@backstage/types';
import { isOver } from './isOver';
import { LeaseOrder, nameOf, requestOf } from './LeaseOrder';
import { onBehalfOfInitiator } from './onBehalfOfInitiator';
import { refusalOf } from './refusal';
import { StepContext, StepServices, TASK_ORIGIN } from './StepContext';
import { stepKey } from './stepKey';
import { inWords, shortId } from './story';

/**
 * The leases of this step, those of a bundle in their order: the ones that an earlier run of it asked for, unless they are over; else new ones. They
 * are provisional: when the task fails, the jit backend ends them.
 *
 * @throws Error with the rule that refuses it, and what to do
 */
export async function askForLeases(
  ctx: StepContext,
  options: { order: LeaseOrder; services: StepServices },
): Promise<Lease[]> {
  const { order, services } = options;
  const { jit } = services;
  const name = nameOf(order);
  const as = await onBehalfOfInitiator(ctx, services);
  try {
    for (let generation = 0; ; generation++) {
      const key = stepKey(ctx, { input: toJson(order), generation });
      let isNew = false;
      const { leaseId } = await ctx.checkpoint({
        key,
        fn: async () => {
          isNew = true;
          const request = await requestOf(order, jit, as);
          const origin = { type: TASK_ORIGIN, id: ctx.task.id };
          const { leases } = await jit.createRequest(
            { ...request, origin },
            { ...as, idempotencyKey: key },
          );
          return { leaseId: leases[0].id };
        },
      });
      const leases = await withItsBundle(leaseId, jit, as);
      if (isNew || !leases.some(isOver)) {
        leases.forEach(lease => ctx.logger.info(requestedLine(lease)));
        return leases;
      }
      ctx.logger.info(
        `Lease ${shortId(leases[0])} of an earlier run is over: asking anew`,
      );
    }
  } catch (error) {
    throw refusalOf(error, `${name} was not granted`);
  }
}

/** A lease, or all parts of its bundle, in their order. */
async function withItsBundle(
  leaseId: string,
  jit: JitService,
  as: JitServiceOptions,
): Promise<Lease[]> {
  const { lease } = await jit.getLease(leaseId, as);
  if (!lease.bundle) {
    return [lease];
  }
  const { requestId } = lease;
  const { leases } = await jit.getRequest(requestId, as);
  return [...leases].sort(
    (one, other) => (one.bundle?.part ?? 0) - (other.bundle?.part ?? 0),
  );
}

function toJson(order: LeaseOrder): JsonValue {
  return JSON.parse(JSON.stringify(order));
}

function requestedLine(lease: Lease): string {
  const { entityRef, durationMs, profileTitle } = lease;
  const where = entityRef ? ` on ${entityRef}` : '';
  return `Lease ${shortId(
    lease,
  )} requested: ${profileTitle}${where}, for ${inWords(durationMs)}`;
}
