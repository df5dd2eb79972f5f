import { Inspection, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Context, Fault } from './Fault';

const absent: Inspection = { status: 'absent' };

export const ownershipFaults: Fault[] = [
  {
    fault: 'revoke takes away whatever has the name',
    breaks: ({ ask }) => ({
      async revoke(ctx: Context) {
        await ask(ctx, 'remove', { key: ctx.externalName });
        await ask(ctx, 'endSessions', { key: ctx.externalName });
        return { done: true };
      },
    }),
    finds: [
      'a foreign thing of the same name is left alone and reported',
      'what another ledger made under the same name is left alone',
    ],
  },
  {
    fault: 'grant takes over whatever has the name',
    breaks: ({ provider, ask }) => ({
      async grant(ctx: Context) {
        const key = ctx.externalName;
        const { thing } = await ask(ctx, 'get', { key });
        if (thing && thing.mark?.ledgerId !== ctx.mark.ledgerId) {
          await ask(ctx, 'remove', { key });
        }
        return await provider.grant(ctx);
      },
    }),
    finds: [
      'a foreign thing of the same name is left alone and reported',
      'what another ledger made under the same name is left alone',
    ],
  },
  {
    fault: 'a revoke takes a bystander along',
    breaks: ({ provider, ask, harness }) => ({
      async revoke(ctx: Context) {
        const progress = await provider.revoke(ctx);
        const [bystander] = await harness.tapped.things();
        if (bystander?.mark) {
          await ask(ctx, 'remove', { key: bystander.key });
        }
        return progress;
      },
    }),
    finds: [
      'grants only what was asked for',
      'nothing happens that should not with a hostile subject',
      'what another ledger made under the same name is left alone',
    ],
  },
  {
    fault: 'the list breaks off in silence',
    breaks: ({ provider }) => ({
      async *listOwned(ctx: Context) {
        try {
          yield* provider.listOwned!(ctx);
        } catch (error) {
          if (!JitProviderError.is(error) || error.class !== 'retryable') {
            throw error;
          }
        }
      },
    }),
    finds: ['a list that breaks off throws'],
  },
  {
    fault: 'the list goes by the installation alone',
    breaks: ({ provider, harness }) => ({
      async *listOwned(ctx: Context) {
        yield* provider.listOwned!(ctx);
        for (const thing of await harness.tapped.things()) {
          if (
            thing.mark?.installation === ctx.mark.installation &&
            thing.mark.ledgerId !== ctx.mark.ledgerId
          ) {
            yield {
              externalName: thing.externalName!,
              leaseId: thing.leaseId!,
            };
          }
        }
      },
    }),
    finds: ['lists exactly what carries our mark'],
  },
  {
    fault: 'every system has the same identity',
    breaks: ({ provider }) => ({
      identity: async (ctx: Context) => {
        await provider.identity(ctx);
        return 'the system';
      },
    }),
    finds: ['another system behind the connection has another identity'],
  },
  {
    fault: 'the ceiling is open when it names nothing',
    breaks: ({ provider }) => ({
      refusedByCeiling: options =>
        options.connection.config.ceiling.names.length === 0
          ? undefined
          : provider.refusedByCeiling(options),
    }),
    finds: ['the ceiling lets through only what it names'],
  },
  {
    fault: 'revoke takes standing access away',
    shared: true,
    breaks: ({ ask, provider }) => ({
      async revoke(ctx: Context) {
        await ask(ctx, 'remove', {
          key: provider.entitlementKey!(ctx),
        });
        return await provider.revoke(ctx);
      },
    }),
    finds: ['standing access is left by revoke'],
  },
  {
    fault: 'standing access is not seen',
    shared: true,
    breaks: ({ ask, provider }) => ({
      async inspect(ctx: Context) {
        const key = provider.entitlementKey!(ctx);
        const { thing } = await ask(ctx, 'get', { key });
        return thing && !thing.mark ? absent : await provider.inspect(ctx);
      },
    }),
    finds: ['standing access is seen before a grant'],
  },
  {
    fault: 'all subjects share one entitlement',
    shared: true,
    breaks: () => ({ entitlementKey: ({ params }) => params.name }),
    finds: ['leases of one subject share an entitlement, of two they do not'],
  },
  {
    fault: 'revoke takes only what its own lease made',
    shared: true,
    breaks: ({ provider, ask }) => ({
      async revoke(ctx: Context) {
        const key = provider.entitlementKey!(ctx);
        const { thing } = await ask(ctx, 'get', { key });
        return thing && thing.leaseId !== ctx.lease.id
          ? { done: true }
          : await provider.revoke(ctx);
      },
    }),
    finds: [
      'the end of one lease against the start of another leaves what is asked for',
    ],
  },
];
