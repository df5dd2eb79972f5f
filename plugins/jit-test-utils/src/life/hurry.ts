import { JitProvider, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

const PAUSING = [
  'identity',
  'grant',
  'inspect',
  'revoke',
  'issueCredentials',
] as const;

/**
 * The same provider with short waits: for replicas and late arrivals, for what is under way, and for the end of a pause that the system asks for.
 *
 * @public
 */
export function hurry(
  provider: JitProvider,
  options: {
    /** However long the system asks to be left alone; as long as it asks when not given. */
    longestPauseMs?: number;
    /** However much later the provider wants to look again; as it says when not given. */
    longestWaitMs?: number;
  },
): JitProvider {
  const { longestPauseMs = Infinity, longestWaitMs = Infinity } = options;
  Object.assign(provider, {
    settle: { milliseconds: 50 },
    callTimeout: { seconds: 5 },
  });
  for (const name of PAUSING) {
    const call: ((ctx: any) => Promise<unknown>) | undefined =
      provider[name]?.bind(provider);
    if (call) {
      Object.assign(provider, {
        [name]: (ctx: unknown) =>
          call(ctx).then(
            answer => sooner(answer, longestWaitMs),
            error => {
              throw shortened(error, longestPauseMs);
            },
          ),
      });
    }
  }
  return provider;
}

function sooner(answer: unknown, longestWaitMs: number): unknown {
  const { lookAgainIn } = answer as { lookAgainIn?: HumanDuration };
  return lookAgainIn && durationToMilliseconds(lookAgainIn) > longestWaitMs
    ? { ...(answer as object), lookAgainIn: { milliseconds: longestWaitMs } }
    : answer;
}

function shortened(error: unknown, longestPauseMs: number): unknown {
  return JitProviderError.is(error) && error.class === 'rate-limited'
    ? JitProviderError.rateLimited(
        error.message,
        Math.min(error.retryAfterMs ?? 0, longestPauseMs),
        error.cause,
      )
    : error;
}
