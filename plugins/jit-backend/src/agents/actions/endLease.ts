import { changes } from '../../audit/AuditedCall';
import { readName } from '../../router/readQuery';
import { leaseView } from '../../router/RouterContext';
import { AgentContext } from '../AgentContext';
import { leaseForAgents, leaseSchema } from '../leaseForAgents';

/** Asks for the end of a lease that the person may end. */
export function registerEndLease(context: AgentContext): void {
  const { actions, calls, http, leases } = context;
  actions.register({
    name: 'end-lease',
    title: 'End a lease',
    description:
      'Asks for the end of a lease: access is taken back, infrastructure is torn down. It cannot be taken back. The lease is revoked once it was seen to be gone.',
    schema: {
      input: zod =>
        zod
          .object({
            leaseId: zod.string().max(36),
            why: zod.string().max(1_000).optional(),
          })
          .strict(),
      output: zod => zod.object({ lease: leaseSchema(zod) }),
    },
    attributes: { destructive: true, idempotent: false, readOnly: false },
    action: async ({ input, credentials }) => {
      const { leaseId } = input;
      const ended = await calls.make(
        {
          action: 'end-lease',
          audit: changes('lease-end'),
          meta: { id: leaseId },
          credentials,
        },
        async caller =>
          await leases.end(
            { leaseId, why: readName(input.why, 'why') },
            { caller },
          ),
      );
      const view = leaseView(context, await http.now());
      return { output: { lease: leaseForAgents(view(ended)) } };
    },
  });
}
