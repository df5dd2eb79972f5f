import { KeepProgress } from '@backstage-jit/plugin-jit-node';
import { Bench, Context, Fault } from './Fault';

/** For the fake, whose expiry nothing enforces: a sign that a copy is closed. */
const CLOSED_AT = 1;

const done: KeepProgress = { done: true };
const notKept: KeepProgress = { done: true, kept: false };

/** What the fake has no `keep` of its own for: it gets a secret that nobody knows. */
async function lockOut({ ask }: Bench, ctx: Context): Promise<boolean> {
  const { externalName: key, mark } = ctx;
  const secret = 'that nobody was given';
  const { found } = await ask(ctx, 'setSecret', { key, mark, secret });
  return found;
}

async function endSessions({ ask }: Bench, ctx: Context): Promise<void> {
  await ask(ctx, 'endSessions', { key: ctx.externalName, mark: ctx.mark });
}

/** With a last copy that is kept like this. */
function keeps(
  keep: (bench: Bench, ctx: Context) => Promise<KeepProgress>,
): Fault['breaks'] {
  return bench => ({
    supports: { ...bench.provider.supports, keep: true },
    keep: ctx => keep(bench, ctx),
  });
}

export const keepFaults: Fault[] = [
  {
    fault: 'none, with a last copy',
    breaks: keeps(async (bench, ctx) => {
      if (!(await lockOut(bench, ctx))) {
        return notKept;
      }
      await endSessions(bench, ctx);
      return done;
    }),
    finds: [],
  },
  {
    fault: 'a last copy leaves sessions alive',
    breaks: keeps(async (bench, ctx) =>
      (await lockOut(bench, ctx)) ? done : notKept,
    ),
    finds: [
      'a last copy stays, lets nobody in, and is gone after revoke',
      'a last copy that crashed anywhere can be made again',
    ],
  },
  {
    fault: 'a last copy is said to be kept of what is gone',
    breaks: keeps(async (bench, ctx) => {
      await lockOut(bench, ctx);
      await endSessions(bench, ctx);
      return done;
    }),
    finds: ['a last copy stays, lets nobody in, and is gone after revoke'],
  },
  {
    fault: 'a last copy counts as closed from the first step on',
    breaks: keeps(async (bench, ctx) => {
      const { externalName: key, mark } = ctx;
      const { thing } = await bench.ask(ctx, 'get', { key });
      if (!thing) {
        return notKept;
      }
      if (thing.expiresAt === CLOSED_AT) {
        return done;
      }
      await bench.ask(ctx, 'setExpiry', { key, mark, expiresAt: CLOSED_AT });
      await lockOut(bench, ctx);
      await endSessions(bench, ctx);
      return done;
    }),
    finds: ['a last copy that crashed anywhere can be made again'],
  },
];
