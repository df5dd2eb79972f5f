import { toAccessRequest } from '../../requests/toAccessRequest';
import { changes } from '../../audit/AuditedCall';
import { leaseView } from '../../router/RouterContext';
import { AgentContext } from '../AgentContext';
import { leaseForAgents, leaseSchema } from '../leaseForAgents';

/** Asks for a lease in the name of a person, by the same rules; the person confirms it first, unless the profile lets agents ask. */
export function registerRequestAccess(context: AgentContext): void {
  const { actions, calls, http, requests } = context;
  actions.register({
    name: 'request-access',
    title: 'Ask for a lease',
    description:
      'Asks for temporary access or infrastructure in the name of the caller, by the rules of a profile of the jit plugin. What has been granted is active after a moment: look with jit:describe-lease. What waits for people says for whom; who receives it confirms it in the portal.',
    schema: {
      input: zod =>
        zod
          .object({
            profileId: zod.string().max(63).describe('What to lease'),
            entityRef: zod
              .string()
              .max(300)
              .optional()
              .describe('On which entity, resource:default/orders-db'),
            duration: zod
              .string()
              .max(50)
              .optional()
              .describe('30m or PT30M; what the profile says when not given'),
            reason: zod.string().max(1_000).optional(),
            parameters: zod
              .record(zod.union([zod.string(), zod.number(), zod.boolean()]))
              .optional(),
          })
          .strict(),
      output: zod =>
        zod.object({
          lease: leaseSchema(zod),
          waitsFor: zod
            .string()
            .optional()
            .describe('Whose decision it waits for: the caller’s own included'),
        }),
    },
    attributes: { destructive: false, idempotent: false, readOnly: false },
    action: async ({ input, credentials }) => {
      const { reason, ...lease } = input;
      const { profileId, entityRef } = lease;
      const asked = await calls.make(
        {
          action: 'request-access',
          audit: changes('request-create'),
          meta: { profileId, ...(entityRef && { entityRef }) },
          credentials,
        },
        async caller =>
          await requests.create({ leases: [lease], reason }, { caller }),
      );
      const view = leaseView(context, await http.now());
      const open = toAccessRequest(asked).steps.find(
        ({ state }) => state === 'open',
      );
      return {
        output: {
          lease: leaseForAgents(view(asked.leases[0])),
          ...(open && {
            waitsFor: open.consent
              ? `${asked.request.subject}, who confirms it in the portal`
              : open.rule,
          }),
        },
      };
    },
  });
}
