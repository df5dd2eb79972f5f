import { Inspection, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Context, Fault } from './Fault';

const absent: Inspection = { status: 'absent' };

export const failureFaults: Fault[] = [
  {
    fault: 'a refused look counts as absent',
    breaks: ({ provider }) => ({
      async inspect(ctx: Context) {
        try {
          return await provider.inspect(ctx);
        } catch (error) {
          if (JitProviderError.is(error) && error.class === 'misconfigured') {
            return absent;
          }
          throw error;
        }
      },
    }),
    finds: ['rights that are missing are an error for people, never absent'],
  },
  {
    fault: 'a system that is away counts as absent',
    breaks: ({ provider }) => ({
      async inspect(ctx: Context) {
        try {
          return await provider.inspect(ctx);
        } catch (error) {
          if (JitProviderError.is(error) && error.class === 'connection') {
            return absent;
          }
          throw error;
        }
      },
    }),
    finds: ['a system that is away is a connection failure, never absent'],
  },
  {
    fault: 'a look that was cut off counts as absent',
    breaks: ({ provider }) => ({
      async inspect(ctx: Context) {
        try {
          return await provider.inspect(ctx);
        } catch (error) {
          if (
            JitProviderError.is(error) &&
            error.class === 'unknown-outcome' &&
            !ctx.signal.aborted
          ) {
            return absent;
          }
          throw error;
        }
      },
    }),
    finds: ['a look that was cut off is never absent'],
  },
  {
    fault: 'revoke swallows what goes wrong',
    breaks: ({ provider }) => ({
      revoke: (ctx: Context) =>
        provider.revoke(ctx).catch(() => ({ done: true })),
    }),
    finds: [
      'a system that is away is a connection failure, never absent',
      'rights that are missing are an error for people, never absent',
      'too many requests says when to come back',
      'a revoke that was cut off is done only when all is gone',
      'a call ends at its deadline though the system is silent',
    ],
  },
  {
    fault: 'revoke believes a look that lags',
    breaks: ({ provider }) => ({
      async revoke(ctx: Context) {
        const { status } = await provider.inspect(ctx);
        return status === 'absent'
          ? { done: true }
          : await provider.revoke(ctx);
      },
    }),
    finds: ['looks that lag do not hinder a revoke'],
  },
  {
    fault: 'grant believes a look that lags',
    breaks: ({ provider, ask }) => ({
      async grant(ctx: Context) {
        const { externalName, lease, mark } = ctx;
        const { thing } = await ask(ctx, 'get', { key: externalName });
        if (!thing) {
          const { made } = await ask(ctx, 'put', {
            thing: {
              key: externalName,
              role: 'reader',
              externalName,
              leaseId: lease.id,
              mark,
            },
          });
          if (!made) {
            throw JitProviderError.misconfigured('It is there already.');
          }
        }
        return await provider.grant(ctx);
      },
    }),
    finds: ['looks that lag do not hinder a grant'],
  },
  {
    fault: 'a pending request is not looked for',
    nature: 'asynchronous',
    breaks: ({ ask }) => ({
      async inspect(ctx: Context) {
        const key = ctx.externalName;
        const { thing } = await ask(ctx, 'get', { key });
        const { sessions } = await ask(ctx, 'listSessions', { key });
        return thing || sessions.length > 0 ? { status: 'present' } : absent;
      },
    }),
    finds: [
      'a grant that crashed anywhere can be taken back',
      'a grant that lands late is taken back',
    ],
  },
  {
    fault: 'the time to come back is dropped',
    breaks: ({ provider }) => ({
      inspect: (ctx: Context) =>
        provider.inspect(ctx).catch(error => {
          throw JitProviderError.is(error) && error.class === 'rate-limited'
            ? JitProviderError.retryable(error.message)
            : error;
        }),
    }),
    finds: ['too many requests says when to come back'],
  },
  {
    fault: 'a connection that works is not healthy',
    breaks: () => ({ health: async () => ({ ok: false }) }),
    finds: ['a connection that works is healthy'],
  },
  {
    fault: 'a call goes on after it was given up',
    breaks: ({ provider }) => {
      const deaf = (ctx: Context) => ({
        ...ctx,
        signal: new AbortController().signal,
      });
      return {
        revoke: (ctx: Context) =>
          // Ends when told, and goes on in the background all the same.
          Promise.race([
            provider.revoke(deaf(ctx)),
            new Promise<never>((_, reject) => {
              if (ctx.signal.aborted) {
                reject(ctx.signal.reason);
              }
              ctx.signal.addEventListener('abort', () =>
                reject(ctx.signal.reason),
              );
            }),
          ]),
      };
    },
    finds: [
      'a call that is given up ends, and sends nothing more',
      'a call that was given up before it began sends nothing',
    ],
  },
  {
    fault: 'a call does not end when it is given up',
    breaks: ({ provider }) => ({
      extend: (ctx: Context) => {
        ctx.signal.throwIfAborted();
        return provider.extend!({
          ...ctx,
          signal: new AbortController().signal,
        });
      },
    }),
    finds: [
      'a call that is given up ends, and sends nothing more',
      'a call ends at its deadline though the system is silent',
    ],
  },
];
