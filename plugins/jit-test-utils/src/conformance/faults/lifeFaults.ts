import { Inspection, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Context, Fault } from './Fault';

const absent: Inspection = { status: 'absent' };

export const lifeFaults: Fault[] = [
  {
    fault: 'none',
    breaks: () => ({}),
    finds: [],
  },
  {
    fault: 'its id has no part',
    breaks: () => ({ id: 'fake' }),
    finds: ['what the provider declares can be tried'],
  },
  {
    fault: 'it can be extended, and cannot move its outside end',
    breaks: () => ({ extend: undefined }),
    finds: ['lasts as long as it was told, outside too'],
  },
  {
    fault: 'a second grant makes another thing',
    breaks: ({ provider, ask }) => ({
      async grant(ctx: Context) {
        const { externalName, mark, lease } = ctx;
        const { thing } = await ask(ctx, 'get', { key: externalName });
        if (thing?.leaseId === lease.id) {
          await ask(ctx, 'put', {
            thing: {
              key: `${externalName}-2`,
              role: 'reader',
              externalName,
              leaseId: lease.id,
              mark,
            },
          });
        }
        return await provider.grant(ctx);
      },
    }),
    finds: [
      'granting twice is granting once',
      'a grant that crashed anywhere can be made again',
      'a grant that lands late can be made again',
      'looks that lag do not let a new grant pass for made',
    ],
  },
  {
    fault: 'revoke leaves sessions alive, and inspect does not look at them',
    breaks: ({ provider, ask }) => ({
      async revoke(ctx: Context) {
        const key = ctx.externalName;
        await ask(ctx, 'remove', { key, mark: ctx.mark });
        return { done: true };
      },
      async inspect(ctx: Context) {
        const seen = await provider.inspect(ctx);
        return seen.blockers ? absent : seen;
      },
    }),
    finds: [
      'live sessions die with revoke',
      'a revoke that crashed anywhere is absent only when sessions are dead',
    ],
  },
  {
    fault: 'inspect does not look at sessions',
    breaks: ({ provider }) => ({
      async inspect(ctx: Context) {
        const seen = await provider.inspect(ctx);
        return seen.blockers ? absent : seen;
      },
    }),
    finds: [
      'a revoke that crashed anywhere is absent only when sessions are dead',
    ],
  },
  {
    fault: 'revoke needs the handle',
    breaks: ({ provider }) => ({
      revoke: async (ctx: Context) =>
        ctx.handle ? await provider.revoke(ctx) : { done: true },
    }),
    finds: [
      'revoking twice is a success',
      'inspects and revokes without a handle',
      'a grant that crashed anywhere can be taken back',
      'a grant that lands late is taken back',
      'a call that is given up ends, and sends nothing more',
    ],
  },
  {
    fault: 'revoke fails when nothing is there',
    breaks: ({ provider, ask }) => ({
      async revoke(ctx: Context) {
        const { thing } = await ask(ctx, 'get', { key: ctx.externalName });
        if (!thing) {
          throw JitProviderError.misconfigured('There is nothing.');
        }
        return await provider.revoke(ctx);
      },
    }),
    finds: [
      'revoking twice is a success',
      'revoking what never existed is a success',
      'a grant that crashed anywhere can be taken back',
      'a revoke that crashed anywhere can be made again',
      'a revoke that crashed anywhere is absent only when sessions are dead',
      'a revoke that was cut off is done only when all is gone',
      'a grant that lands late is taken back',
      'a revoke that lands late does no harm',
      'a mint that lands late gives nothing after revoke',
      'looks that lag do not hinder a revoke',
      'what looks present for a while after revoke becomes absent',
      'a call that is given up ends, and sends nothing more',
      'a call ends at its deadline though the system is silent',
    ],
  },
  {
    fault: 'of the parts the last one is forgotten',
    nature: 'ordered',
    breaks: ({ provider }) => ({
      async revoke(ctx: Context) {
        const progress = await provider.revoke(ctx);
        return progress.handle?.left === 1
          ? { ...progress, done: true }
          : progress;
      },
    }),
    finds: [
      'grants, is seen, works, and is gone after revoke',
      'revoking twice is a success',
      'inspects and revokes without a handle',
      'looks that lag do not hinder a revoke',
    ],
  },
  {
    fault: 'what was granted is kept in memory alone',
    nature: 'ordered',
    breaks: ({ provider }) => {
      const made = new Set<string>();
      return {
        async grant(ctx: Context) {
          const progress = await provider.grant(ctx);
          made.add(ctx.externalName);
          return progress;
        },
        async revoke(ctx: Context) {
          return made.has(ctx.externalName)
            ? await provider.revoke(ctx)
            : { done: true };
        },
      };
    },
    finds: [
      'a grant that crashed anywhere can be taken back',
      'a revoke that crashed anywhere can be made again',
      'an extension that crashed anywhere can be made again',
      'a look that was cut off is never absent',
      'a revoke that was cut off is done only when all is gone',
      'a grant that lands late is taken back',
      'a call that is given up ends, and sends nothing more',
      'no secret is in an answer, an error, a handle or the log',
    ],
  },
  {
    fault: 'a plan makes the thing',
    breaks: ({ provider }) => ({
      async plan(ctx: Context) {
        await provider.grant(ctx);
        return await provider.plan!(ctx);
      },
    }),
    finds: ['a plan changes nothing outside'],
  },
  {
    fault: 'the handle has what JSON cannot hold',
    breaks: ({ provider }) => ({
      async grant(ctx: Context) {
        const progress = await provider.grant(ctx);
        return { ...progress, handle: { v: 1, at: new Date(ctx.notAfter) } };
      },
    }),
    finds: ['keeps small JSON handles with a version'],
  },
  {
    fault: 'the outside expiry is not set, and extend does nothing',
    breaks: ({ provider }) => ({
      grant: (ctx: Context) =>
        provider.grant({ ...ctx, notAfter: ctx.notAfter + 86_400_000 }),
      extend: async (ctx: Context) => {
        await provider.inspect(ctx);
        return { done: true };
      },
    }),
    finds: [
      'lasts as long as it was told, outside too',
      'moves the outside expiry when extended',
    ],
  },
];
