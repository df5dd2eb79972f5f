import { JitProviderError } from '@backstage-jit/plugin-jit-node';

/** What a request was for, in the words of the errors about it. */
export interface RequestKind {
  /** The connection's name. */
  connection: string;
  /** Such as "read a group". */
  purpose: string;
  /** Whether it changes something. */
  writes: boolean;
  /** The right that it needs. */
  right: string;
}

/** Errors of a request that never left this machine, or never reached another one. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/;

function codeOf(error: unknown): string | undefined {
  const { cause, code } = error as { cause?: unknown; code?: unknown };
  if (typeof code === 'string') {
    return code;
  }
  return cause ? codeOf(cause) : undefined;
}

/** The time was up, or the claim lost, before anything was sent. */
export function tooLate(kind: RequestKind): JitProviderError {
  return JitProviderError.retryable(
    `There was no time left to ${kind.purpose} by connection '${kind.connection}'.`,
  );
}

/** No answer came, or only a part of it. */
export function noAnswer(kind: RequestKind, error: unknown): JitProviderError {
  const { connection, purpose, writes } = kind;
  const code = codeOf(error);
  if (code && NEVER_SENT.test(code)) {
    return JitProviderError.connection(
      `The org of connection '${connection}' cannot be reached (${code}).`,
      error,
    );
  }
  return writes
    ? JitProviderError.unknownOutcome(
        `The answer was lost after Okta was asked to ${purpose} by connection '${connection}'.`,
        error,
      )
    : JitProviderError.connection(
        `Okta did not answer when asked to ${purpose} by connection '${connection}'.`,
        error,
      );
}

/** An answer that is not Okta's, or not of the form it documents. */
export function notOkta(kind: RequestKind): JitProviderError {
  const message = `What answers at the orgUrl of connection '${kind.connection}' does not answer as Okta does: it may be a proxy in between, or another address.`;
  return kind.writes
    ? JitProviderError.unknownOutcome(message)
    : JitProviderError.connection(message);
}

/** An answer other than success and Okta's own "not found". */
export function refused(
  kind: RequestKind,
  answer: { status: number; errorCode?: string; retryAfterMs: number },
): JitProviderError {
  const { connection, purpose, writes, right } = kind;
  const { status, errorCode } = answer;
  const said = errorCode ? `${status}, ${errorCode}` : `${status}`;
  if (status === 429) {
    return JitProviderError.rateLimited(
      `Okta has had too many requests from connection '${connection}' and says when to come back.`,
      answer.retryAfterMs,
    );
  }
  if (status === 401) {
    return JitProviderError.connection(
      `Okta does not accept the credentials of connection '${connection}' (401): the token has expired or was revoked. Make another one.`,
    );
  }
  if (status === 403) {
    return JitProviderError.misconfigured(
      `Connection '${connection}' may not ${purpose} (${said}): it needs ${right}.`,
    );
  }
  if (status >= 500) {
    return writes
      ? JitProviderError.unknownOutcome(
          `Okta failed (${status}) when asked to ${purpose} by connection '${connection}'; whether it was done is not known.`,
        )
      : JitProviderError.retryable(
          `Okta failed (${status}) when asked to ${purpose} by connection '${connection}'.`,
        );
  }
  if (status >= 300 && status < 400) {
    return JitProviderError.misconfigured(
      `The orgUrl of connection '${connection}' leads somewhere else (${status}): use the org's own address.`,
    );
  }
  return JitProviderError.misconfigured(
    `Okta refused to ${purpose} by connection '${connection}' (${said}).`,
  );
}
