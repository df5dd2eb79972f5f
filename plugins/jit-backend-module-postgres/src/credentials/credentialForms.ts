import { CredentialForm } from '@backstage-jit/plugin-jit-common';
import { conninfoValue, shellWord, urlPart } from './quoting';

export interface LoginFacts {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Whether the server is to be reached by TLS. */
  tls: boolean;
}

function psql(login: LoginFacts): string {
  // As one conninfo string: a database named `a=b` given by itself would be read as one.
  const conninfo = [
    `host=${conninfoValue(login.host)}`,
    `port=${login.port}`,
    `user=${conninfoValue(login.user)}`,
    `dbname=${conninfoValue(login.database)}`,
    ...(login.tls ? ['sslmode=require'] : []),
  ].join(' ');
  // By the environment, not as an argument: arguments show in the list of processes.
  return `PGPASSWORD=${shellWord(login.password)} psql ${shellWord(conninfo)}`;
}

function url(login: LoginFacts): string {
  const { host, port, user, password, database, tls } = login;
  const hostPart = host.includes(':') ? `[${host}]` : urlPart(host);
  return [
    `postgresql://${urlPart(user)}:${urlPart(password)}@${hostPart}:${port}`,
    `/${urlPart(database)}`,
    tls ? '?sslmode=require' : '',
  ].join('');
}

function environment(login: LoginFacts): string {
  const variables: Record<string, string> = {
    PGHOST: login.host,
    PGPORT: String(login.port),
    PGDATABASE: login.database,
    PGUSER: login.user,
    PGPASSWORD: login.password,
    ...(login.tls && { PGSSLMODE: 'require' }),
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shellWord(value)}`)
    .join('\n');
}

/** The forms people paste, each whole and safe to paste whatever the names are made of. */
export function credentialForms(login: LoginFacts): CredentialForm[] {
  return [
    { id: 'psql', title: 'psql', value: psql(login), language: 'shell' },
    { id: 'url', title: 'Connection URL', value: url(login), language: 'text' },
    {
      id: 'env',
      title: 'Environment variables',
      value: environment(login),
      language: 'shell',
    },
  ];
}
