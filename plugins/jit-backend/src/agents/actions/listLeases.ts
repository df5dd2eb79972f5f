import { LEASE_STATES } from '../../schema/components/leases';
import { looks } from '../../audit/AuditedCall';
import { readLeaseFilter } from '../../router/readQuery';
import { leaseView } from '../../router/RouterContext';
import { AgentContext } from '../AgentContext';
import { leaseForAgents, leaseSchema } from '../leaseForAgents';

/** The person's own leases. */
export function registerListLeases(context: AgentContext): void {
  const { actions, calls, http, leases, stuck } = context;
  actions.register({
    name: 'list-leases',
    title: "List one's leases",
    description:
      'Lists the leases that the caller has or had, the newest first. A lease that can be used is in state active.',
    schema: {
      input: zod =>
        zod
          .object({
            state: zod.array(zod.enum(LEASE_STATES)).optional(),
            entityRef: zod.string().max(300).optional(),
            limit: zod.number().int().min(1).max(100).optional(),
          })
          .strict(),
      output: zod => zod.object({ leases: zod.array(leaseSchema(zod)) }),
    },
    attributes: { destructive: false, idempotent: true, readOnly: true },
    action: async ({ input, credentials }) => {
      const { limit = 20, ...query } = input;
      const { items } = await calls.make(
        {
          action: 'list-leases',
          audit: looks('lease-list'),
          meta: {},
          credentials,
        },
        async caller =>
          await leases.listLeases(
            {
              filter: readLeaseFilter(
                { ...query, subject: 'me' },
                caller,
                stuck,
              ),
              page: { limit },
            },
            { caller },
          ),
      );
      const view = leaseView(context, await http.now());
      return {
        output: { leases: items.map(each => leaseForAgents(view(each))) },
      };
    },
  });
}
