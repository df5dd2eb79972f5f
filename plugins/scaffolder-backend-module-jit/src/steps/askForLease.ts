import { CreateRequest, Lease } from '@backstage-jit/plugin-jit-common';
import { JsonObject, JsonValue } from '@backstage/types';
import { DurationInput } from './duration';
import { isOver } from './isOver';
import { onBehalfOfInitiator } from './onBehalfOfInitiator';
import { refusalOf } from './refusal';
import { StepContext, StepServices, TASK_ORIGIN } from './StepContext';
import { stepKey } from './stepKey';
import { inWords, shortId } from './story';

/** What a step asks for. */
export interface LeaseOrder {
  profileId: string;
  entityRef?: string;
  duration?: DurationInput;
  reason?: string;
  parameters?: JsonObject;
}

/** The request that an order becomes. */
export function requestOf(order: LeaseOrder): Omit<CreateRequest, 'dryRun'> {
  const { reason, ...lease } = order;
  return { leases: [lease], ...(reason !== undefined && { reason }) };
}

/**
 * The lease of this step: the one that an earlier run of it asked for, unless that is over; else a new one. It is provisional: when the task
 * fails, the jit backend ends it.
 *
 * @throws Error with the rule that refuses it, and what to do
 */
export async function askForLease(
  ctx: StepContext,
  options: { order: LeaseOrder; services: StepServices },
): Promise<Lease> {
  const { order, services } = options;
  const { jit } = services;
  const request = {
    ...requestOf(order),
    origin: { type: TASK_ORIGIN, id: ctx.task.id },
  };
  const as = await onBehalfOfInitiator(ctx, services);
  try {
    for (let generation = 0; ; generation++) {
      const key = stepKey(ctx, { input: toJson(order), generation });
      let isNew = false;
      const { leaseId } = await ctx.checkpoint({
        key,
        fn: async () => {
          isNew = true;
          const { leases } = await jit.createRequest(request, {
            ...as,
            idempotencyKey: key,
          });
          return { leaseId: leases[0].id };
        },
      });
      const { lease } = await jit.getLease(leaseId, as);
      if (isNew || !isOver(lease)) {
        ctx.logger.info(requestedLine(lease));
        return lease;
      }
      ctx.logger.info(
        `Lease ${shortId(lease)} of an earlier run is over: asking anew`,
      );
    }
  } catch (error) {
    throw refusalOf(error, `${order.profileId} was not granted`);
  }
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
