import { looks } from '../../audit/AuditedCall';
import { toLeaseEvent } from '../../leases/toLease';
import { leaseView } from '../../router/RouterContext';
import { AgentContext } from '../AgentContext';
import { leaseForAgents, leaseSchema } from '../leaseForAgents';

const MOST_EVENTS = 200;

/** One lease that the person may see, with what happened to it. */
export function registerDescribeLease(context: AgentContext): void {
  const { actions, calls, http, leases } = context;
  actions.register({
    name: 'describe-lease',
    title: 'Describe a lease',
    description:
      'Shows one lease with its history: whether it is active, until when, and why it ended or is not granted yet.',
    schema: {
      input: zod => zod.object({ leaseId: zod.string().max(36) }).strict(),
      output: zod =>
        zod.object({
          lease: leaseSchema(zod),
          history: zod.array(
            zod.object({
              at: zod.string(),
              type: zod.string(),
              actor: zod.string(),
              why: zod.string().optional(),
            }),
          ),
        }),
    },
    attributes: { destructive: false, idempotent: true, readOnly: true },
    action: async ({ input, credentials }) => {
      const { leaseId } = input;
      const { lease, events } = await calls.make(
        {
          action: 'describe-lease',
          audit: looks('lease-fetch'),
          meta: { id: leaseId },
          credentials,
        },
        async caller => ({
          lease: await leases.getLease(leaseId, { caller }),
          events: await leases.listEvents(
            { leaseId, limit: MOST_EVENTS },
            { caller },
          ),
        }),
      );
      const view = leaseView(context, await http.now());
      return {
        output: {
          lease: leaseForAgents(view(lease)),
          history: events
            .map(toLeaseEvent)
            .map(({ at, type, actor, why }) => ({ at, type, actor, why })),
        },
      };
    },
  });
}
