import { ConnectionContext } from '@backstage-jit/plugin-jit-node';
import { dateOf } from './answerDates';
import { AwsClientPair, AwsClients } from './AwsClients';
import { AwsConnection } from './connectionSchema';
import { codeOf, failure, RequestKind, tooLate } from './failures';

/** What every call to a provider has. */
export interface AwsCall {
  ctx: ConnectionContext<AwsConnection>;
  clients: AwsClients;
}

export interface AwsRequest extends Omit<RequestKind, 'connection'> {
  /** Codes of refusals that are an answer to the caller, not a failure. */
  expects?: string[];
}

/** An answer, and when it was given by AWS's own clock, in epoch milliseconds: whole seconds, rounded down. */
export type Answer<T> = { at: number } & (
  | { output: T; refusal?: undefined }
  | { output?: undefined; refusal: string }
);

/** Rejects when the signal is aborted: what the SDK does first, such as getting credentials, cannot be told to stop. */
async function unlessAborted<T>(
  signal: AbortSignal,
  work: Promise<T>,
): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * Makes one request, within the call's deadline.
 *
 * @throws JitProviderError when there is no answer, or one that is not expected
 */
export async function ask<T extends object>(
  call: AwsCall,
  request: AwsRequest,
  send: (
    clients: AwsClientPair,
    options: { abortSignal: AbortSignal },
  ) => Promise<T>,
): Promise<Answer<T>> {
  const { ctx } = call;
  const kind = { ...request, connection: ctx.connection.name };
  const remaining = ctx.deadline - performance.now();
  if (ctx.signal.aborted || remaining <= 0) {
    throw tooLate(kind);
  }
  const signal = AbortSignal.any([
    ctx.signal,
    AbortSignal.timeout(Math.ceil(remaining)),
  ]);
  try {
    const output = await unlessAborted(
      signal,
      call.clients
        .of(ctx.connection)
        .then(clients => send(clients, { abortSignal: signal })),
    );
    return { output, at: call.clients.dates.of(output) };
  } catch (error) {
    const code = codeOf(error);
    if (code !== undefined && request.expects?.includes(code)) {
      return {
        refusal: code,
        at: dateOf((error as { $response?: unknown }).$response),
      };
    }
    throw failure(kind, error);
  }
}

/** As {@link ask}, for requests whose every refusal is a failure. */
export async function demand<T extends object>(
  call: AwsCall,
  request: Omit<AwsRequest, 'expects'>,
  send: (
    clients: AwsClientPair,
    options: { abortSignal: AbortSignal },
  ) => Promise<T>,
): Promise<{ output: T; at: number }> {
  const answer = await ask(call, { ...request, expects: [] }, send);
  return { output: answer.output!, at: answer.at };
}
