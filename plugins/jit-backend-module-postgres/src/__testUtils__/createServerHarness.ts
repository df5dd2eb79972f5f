import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { ConformanceHarness } from '@backstage-jit/plugin-jit-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { FaultySessions } from './FaultySessions';
import { PostgresStage } from './PostgresStage';

/** Of waits that stand for what PostgreSQL does not have: here nothing lags, and what lands late does so by the kit's word. */
const LONGEST_WAIT_MS = 20;

type Shared =
  | 'tearDown'
  | 'secrets'
  | 'wait'
  | 'transport'
  | 'outage'
  | 'access'
  | 'sessions'
  | 'late'
  | 'rights'
  | 'standing'
  | 'rateLimit'
  | 'lag'
  | 'brokenList';

/** What the conformance kit needs to do to the PostgreSQL of the test run, whatever is leased on it. Holders read a table `orders`. */
export function createServerHarness(options: {
  /** Made when the tests run, after they were named. */
  stage: () => PostgresStage;
  sessions: FaultySessions;
}): Pick<ConformanceHarness, Shared> {
  const { stage, sessions } = options;
  const clients = new Set<Client>();

  const login = async (credentials?: IssuedCredentials): Promise<Client> => {
    const url = credentials?.forms.find(form => form.id === 'url')?.value;
    if (!url) {
      throw new Error('There are no credentials');
    }
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    clients.add(client);
    return client;
  };
  const alive = async (client: Client) => {
    try {
      await client.query('SELECT count(*) FROM orders');
      return true;
    } catch {
      return false;
    }
  };

  return {
    async tearDown() {
      for (const client of clients) {
        await client.end().catch(() => {});
      }
      clients.clear();
    },
    secrets: () => [stage().adminPassword],
    wait: ms => sleep(Math.min(ms, LONGEST_WAIT_MS)),

    transport: sessions.transport,
    outage: {
      async begin() {
        sessions.outage = true;
      },
      async end() {
        sessions.outage = false;
      },
    },
    access: {
      async works(_thing, credentials) {
        const client = await login(credentials).catch(() => undefined);
        const works = client !== undefined && (await alive(client));
        await client?.end();
        return works;
      },
      secretsOf(credentials) {
        const url = credentials.forms.find(form => form.id === 'url')!.value;
        return [decodeURIComponent(new URL(url).password)];
      },
    },
    sessions: {
      async open(_thing, credentials) {
        const client = await login(credentials);
        return {
          alive: () => alive(client),
          close: () => client.end().catch(() => {}),
        };
      },
    },
    late: sessions.transport,
    rights: {
      async begin() {
        await stage().sql(`ALTER ROLE ${stage().admin} NOLOGIN`);
      },
      async end() {
        await stage().sql(`ALTER ROLE ${stage().admin} LOGIN`);
      },
    },
    standing: { notApplicable: 'each lease has a role of its own' },
    rateLimit: { notApplicable: 'PostgreSQL does not limit rates' },
    lag: {
      notApplicable: 'a statement sees all that the primary has committed',
    },
    brokenList: {
      async begin() {
        sessions.brokenList = true;
      },
      async end() {
        sessions.brokenList = false;
      },
    },
  };
}
