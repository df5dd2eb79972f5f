import { Socket } from 'node:net';
import { Client, QueryResultRow } from 'pg';
import { PostgresConnection } from './connectionSchema';
import { Session } from './Session';

export interface OpenSessionOptions {
  connection: PostgresConnection;
  database: string;
  /** How the server lists the session. */
  applicationName: string;
  signal: AbortSignal;
  /** In `performance.now()` milliseconds. */
  deadline: number;
}

/** @throws the driver's own error */
export type SessionFactory = (options: OpenSessionOptions) => Promise<Session>;

/** A server that is there answers a login in less; one that is away should not use up a whole call. */
const LOGIN_TIMEOUT_MS = 5_000;

/** Logs the admin in. The socket is cut on abort and at the deadline, whatever is under way. */
export const openSession: SessionFactory = async options => {
  const { connection, database, signal, deadline } = options;
  const remaining = () => (signal.aborted ? 0 : deadline - performance.now());
  // A socket of our own: the driver does not let one cut it while it logs in.
  const socket = new Socket();
  const client = new Client({
    host: connection.host,
    port: connection.port,
    user: connection.user,
    password: connection.password,
    database,
    // Said in full, so that no PGSSLMODE of the process decides it.
    ssl: connection.ssl ?? false,
    application_name: options.applicationName,
    connectionTimeoutMillis: Math.max(
      1,
      Math.min(LOGIN_TIMEOUT_MS, Math.floor(remaining())),
    ),
    stream: () => socket,
  });

  let broken = false;
  client.on('error', () => {
    broken = true;
  });
  client.on('end', () => {
    broken = true;
  });
  const cut = () => {
    broken = true;
    if (socket.connecting || connection.host.startsWith('/')) {
      socket.destroy();
    } else {
      // What lies in the send buffer is thrown away too; a plain close would still deliver it.
      socket.resetAndDestroy();
    }
  };
  signal.addEventListener('abort', cut, { once: true });
  const timer = setTimeout(cut, Math.max(0, remaining()));
  const release = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cut);
  };

  try {
    signal.throwIfAborted();
    await client.connect();
  } catch (error) {
    release();
    socket.destroy();
    throw error;
  }

  return {
    database,
    remaining,
    broken: () => broken,
    async query<TRow extends QueryResultRow>(sql: string, values?: unknown[]) {
      const { rows } = await client.query<TRow>(sql, values);
      return rows;
    },
    async close() {
      try {
        await client.end();
      } catch {
        socket.destroy();
      } finally {
        release();
      }
    },
    destroy() {
      release();
      cut();
    },
  };
};
