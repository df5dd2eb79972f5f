import { JitProvider, JitProviderError } from '@backstage-jit/plugin-jit-node';

const PAUSING = [
  'identity',
  'grant',
  'inspect',
  'revoke',
  'issueCredentials',
] as const;

/**
 * The same provider with short waits: for replicas and late arrivals, and for the end of a pause that the system asks for.
 *
 * @public
 */
export function hurry(
  provider: JitProvider,
  options: {
    /** However long the system asks to be left alone; as long as it asks when not given. */
    longestPauseMs?: number;
  },
): JitProvider {
  const { longestPauseMs = Infinity } = options;
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
          call(ctx).catch(error => {
            throw shortened(error, longestPauseMs);
          }),
      });
    }
  }
  return provider;
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
