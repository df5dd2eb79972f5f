import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { errorCode, sqlState } from './sqlState';

export interface FailureSite {
  /** The connection's name under `jit.connections`. */
  connection: string;
  database: string;
  phase: 'login' | 'work';
  /** Whether a COMMIT was sent and not answered. */
  inDoubt: boolean;
  /** Whether the server can no longer be heard. */
  broken: boolean;
  /** Whether the call was aborted before its deadline: its claim was lost. */
  aborted: boolean;
  /** Whether the connection asks for TLS. */
  tls: boolean;
}

const RETRYABLE: Record<string, string> = {
  '40001': 'another transaction was in the way',
  '40P01': 'another transaction was in the way',
  '55P03': 'another session holds a lock that is needed',
  '55006': 'something that is needed is in use',
  '57014': 'it took longer than the time for this step',
  '25P03': 'it took longer than the time for this step',
  '25P04': 'it took longer than the time for this step',
  '2BP01': 'other things depend on what should go',
  XX000: 'another session changed the same role at that moment',
  '42710': 'somebody made a role of that name at that moment',
  '23505': 'somebody made a role of that name at that moment',
};

const MISCONFIGURED: Record<string, string> = {
  '42501': 'the admin lacks a right that it needs',
  '42704': 'a role or object that is needed does not exist',
  '0LP01': 'a membership that is needed is not possible',
  '3D000': 'the database does not exist',
  '53200':
    'what should go does not fit into the lock table: raise max_locks_per_transaction',
};

/** Of a whole server that is away or full. Classes 08 and 53 belong here too. */
const AWAY: Record<string, string> = {
  '28P01': 'it refuses the login of the admin',
  '28000': 'it refuses the login of the admin',
  '53300': 'it has no free connection',
  '57P01': 'it is being shut down, or ended our session',
  '57P02': 'it is being restarted after a crash',
  '57P03': 'it does not take connections at the moment',
  '25006': 'it is read-only, as a standby is',
};

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: 'it refuses the connection',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its host',
};

function classifyServerError(
  state: string,
  where: string,
  site: FailureSite,
  cause: unknown,
): JitProviderError {
  if (site.inDoubt && state.startsWith('57P')) {
    return JitProviderError.unknownOutcome(
      `${where} ended our session while it took a change; whether it did is not known.`,
      cause,
    );
  }
  if (state in RETRYABLE) {
    return JitProviderError.retryable(
      `${where} did not do it: ${RETRYABLE[state]}.`,
      cause,
    );
  }
  if (state in MISCONFIGURED) {
    return JitProviderError.misconfigured(
      `${where} refused it: ${MISCONFIGURED[state]}.`,
      cause,
    );
  }
  if (state in AWAY || state.startsWith('08') || state.startsWith('53')) {
    const why = AWAY[state] ?? `it reports SQLSTATE ${state}`;
    return JitProviderError.connection(
      `${where} is not usable: ${why}.`,
      cause,
    );
  }
  return JitProviderError.retryable(
    `${where} did not do it: it reports SQLSTATE ${state}.`,
    cause,
  );
}

function networkReason(error: unknown, tls: boolean): string {
  const code = errorCode(error) ?? '';
  if (code in UNREACHABLE) {
    return UNREACHABLE[code];
  }
  return /CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)
    ? 'its certificate is not trusted'
    : `it did not answer${tls ? ' by TLS' : ''}`;
}

/**
 * Says what an error of the driver means for the lease, in a sentence of our own. What is neither the server's nor the network's comes
 * back as it is: it is a fault of ours, and its outcome is unknown.
 */
export function classifyError(error: unknown, site: FailureSite): unknown {
  if (JitProviderError.is(error)) {
    return error;
  }
  const where = `PostgreSQL of connection '${site.connection}' (database '${site.database}')`;
  const state = sqlState(error);
  if (state) {
    return classifyServerError(state, where, site, error);
  }
  if (site.inDoubt) {
    return JitProviderError.unknownOutcome(
      `${where} did not answer whether it took a change.`,
      error,
    );
  }
  if (site.aborted) {
    return JitProviderError.retryable(
      'The step was stopped before it was done.',
      error,
    );
  }
  if (site.phase === 'login' || site.broken) {
    return JitProviderError.connection(
      `${where} is not usable: ${networkReason(error, site.tls)}.`,
      error,
    );
  }
  return error;
}
