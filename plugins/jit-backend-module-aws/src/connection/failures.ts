import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { retryAfterOf } from './answerDates';

/** What a request was for, in the words of the errors about it. */
export interface RequestKind {
  /** The connection's name. */
  connection: string;
  /** Such as "read role 'invoices'". */
  purpose: string;
  /** Whether it changes something. */
  writes: boolean;
  /** The right that it needs. */
  right: string;
}

interface SdkError {
  name?: string;
  code?: unknown;
  cause?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: unknown;
}

/** AWS has no time to name: its limits are per second, and slow down whole accounts. */
const THROTTLED_MS = 5_000;

/** Errors of a request that never left this machine, or never reached another one. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;
const THROTTLES =
  /^(Throttl.*|TooManyRequests|RequestLimitExceeded|RequestThrottled.*|SlowDown|PriorRequestNotComplete)$/;
const BAD_CREDENTIALS =
  /^(ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken)$/;
const DENIED =
  /^(AccessDenied|UnauthorizedOperation|NotAuthorized|OptInRequired)$/;

/** @returns the code of AWS's refusal, or undefined when it was no refusal of AWS */
export function codeOf(error: unknown): string | undefined {
  const { name, $metadata } = error as SdkError;
  return $metadata?.httpStatusCode === undefined || !name
    ? undefined
    : name.replace(/Exception$/, '');
}

function systemCodeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as SdkError;
  if (typeof code === 'string') {
    return code;
  }
  return cause ? systemCodeOf(cause) : undefined;
}

/** The time was up, or the claim lost, before anything was sent. */
export function tooLate(kind: RequestKind): JitProviderError {
  return JitProviderError.retryable(
    `There was no time left to ${kind.purpose} by connection '${kind.connection}'.`,
  );
}

function noAnswer(kind: RequestKind, error: unknown): JitProviderError {
  const { connection, purpose, writes } = kind;
  const code = systemCodeOf(error);
  if (code && NEVER_SENT.test(code)) {
    return JitProviderError.connection(
      `AWS cannot be reached by connection '${connection}' (${code}).`,
      error,
    );
  }
  return writes
    ? JitProviderError.unknownOutcome(
        `The answer was lost after AWS was asked to ${purpose} by connection '${connection}'.`,
        error,
      )
    : JitProviderError.connection(
        `AWS did not answer when asked to ${purpose} by connection '${connection}'.`,
        error,
      );
}

function noCredentials(
  { connection }: RequestKind,
  error: unknown,
): JitProviderError | undefined {
  const { name = '', message = '' } = error as Error;
  if (/^There is no AWS integration that matches/.test(message)) {
    return JitProviderError.misconfigured(
      `There are no AWS credentials for the account of connection '${connection}': add it under aws.accounts in the config.`,
      error,
    );
  }
  return /Credentials?(Provider)?Error$/.test(name)
    ? JitProviderError.connection(
        `The AWS credentials for connection '${connection}' could not be got from where the config says: look at aws.accounts.`,
        error,
      )
    : undefined;
}

/** A failed request, classified. */
export function failure(kind: RequestKind, error: unknown): JitProviderError {
  if (JitProviderError.is(error)) {
    return error;
  }
  const code = codeOf(error);
  if (code === undefined) {
    return noCredentials(kind, error) ?? noAnswer(kind, error);
  }
  const { connection, purpose, writes, right } = kind;
  const { $metadata, $response } = error as SdkError;
  const status = $metadata!.httpStatusCode!;
  if (THROTTLES.test(code) || status === 429) {
    return JitProviderError.rateLimited(
      `AWS has had too many requests from connection '${connection}'.`,
      retryAfterOf($response) ?? THROTTLED_MS,
      error,
    );
  }
  if (BAD_CREDENTIALS.test(code)) {
    return JitProviderError.connection(
      `AWS does not accept the credentials of connection '${connection}' (${code}): they have expired, or were deactivated. Look at aws.accounts in the config.`,
      error,
    );
  }
  if (code === 'RequestExpired') {
    return JitProviderError.connection(
      `AWS takes the requests of connection '${connection}' for old ones: the clock of the backend is wrong.`,
      error,
    );
  }
  if (DENIED.test(code)) {
    return JitProviderError.misconfigured(
      `Connection '${connection}' may not ${purpose} (${code}): it needs ${right}.`,
      error,
    );
  }
  if (code === 'ConcurrentModification') {
    return JitProviderError.retryable(
      `Somebody else was changing it when AWS was asked to ${purpose} by connection '${connection}'.`,
      error,
    );
  }
  if (status >= 500) {
    return writes
      ? JitProviderError.unknownOutcome(
          `AWS failed (${status}) when asked to ${purpose} by connection '${connection}'; whether it was done is not known.`,
          error,
        )
      : JitProviderError.retryable(
          `AWS failed (${status}) when asked to ${purpose} by connection '${connection}'.`,
          error,
        );
  }
  if (status >= 300 && status < 400) {
    return JitProviderError.misconfigured(
      `What answers to connection '${connection}' leads somewhere else (${status}): look at its endpoints.`,
      error,
    );
  }
  const safe = /^\w{1,60}$/.test(code) ? `${status}, ${code}` : `${status}`;
  return JitProviderError.misconfigured(
    `AWS refused to ${purpose} by connection '${connection}' (${safe}).`,
    error,
  );
}
