import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { Context, Fault } from './Fault';

export const credentialFaults: Fault[] = [
  {
    fault: 'credentials minted again are the old ones',
    breaks: ({ provider }) => {
      const minted = new Map<
        string,
        ReturnType<NonNullable<JitProvider['issueCredentials']>>
      >();
      return {
        issueCredentials(ctx: Context) {
          const { externalName, signal } = ctx;
          signal.throwIfAborted();
          const known =
            minted.get(externalName) ?? provider.issueCredentials!(ctx);
          known.catch(() => minted.delete(externalName));
          minted.set(externalName, known);
          return known;
        },
      };
    },
    finds: ['the credentials given out last work, none after revoke'],
  },
  {
    fault: 'minting makes what was not granted',
    breaks: ({ provider }) => ({
      async issueCredentials(ctx: Context) {
        await provider.grant(ctx);
        return await provider.issueCredentials!(ctx);
      },
    }),
    finds: ['minting for what was not granted makes nothing'],
  },
  {
    fault: 'a mint leaves something behind when it is cut off',
    breaks: ({ provider, ask }) => ({
      async issueCredentials(ctx: Context) {
        const { externalName, mark, lease } = ctx;
        const key = `${externalName}-credential`;
        await ask(ctx, 'put', {
          thing: {
            key,
            role: 'reader',
            externalName,
            leaseId: lease.id,
            mark,
          },
        });
        try {
          return await provider.issueCredentials!(ctx);
        } finally {
          await ask(ctx, 'remove', { key, mark });
        }
      },
    }),
    finds: [
      'a mint that crashed anywhere leaves nothing behind',
      'a mint that lands late gives nothing after revoke',
      'a call that is given up ends, and sends nothing more',
    ],
  },
  {
    fault: "driver's errors come through",
    breaks: ({ provider }) => ({
      issueCredentials: (ctx: Context) =>
        provider.issueCredentials!(ctx).catch(error => {
          throw (error as Error).cause ?? error;
        }),
    }),
    finds: [
      'a system that is away is a connection failure, never absent',
      'rights that are missing are an error for people, never absent',
      'too many requests says when to come back',
      'no secret is in an answer, an error, a handle or the log',
    ],
  },
  {
    fault: 'credentials are logged',
    breaks: ({ provider }) => ({
      async issueCredentials(ctx: Context) {
        const credentials = await provider.issueCredentials!(ctx);
        ctx.logger.child({ part: 'mint' }).debug('Minted', {
          forms: JSON.stringify(credentials.forms),
        });
        return credentials;
      },
    }),
    finds: ['no secret is in an answer, an error, a handle or the log'],
  },
  {
    fault: 'the connection is kept in the handle',
    breaks: ({ provider }) => ({
      async grant(ctx: Context) {
        const progress = await provider.grant(ctx);
        const { config } = ctx.connection;
        return { ...progress, handle: { ...progress.handle!, config } };
      },
    }),
    finds: ['no secret is in an answer, an error, a handle or the log'],
  },
];
