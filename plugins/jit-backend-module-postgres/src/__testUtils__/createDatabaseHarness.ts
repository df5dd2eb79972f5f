import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import {
  ConformanceHarness,
  ConformanceThing,
} from '@backstage-jit/plugin-jit-test-utils';
import { PostgresConnection } from '../connection/connectionSchema';
import { DatabaseParams } from '../database/paramsSchema';
import { createServerHarness } from './createServerHarness';
import { DatabaseStage } from './DatabaseStage';
import { FaultySessions } from './FaultySessions';
import { SecondCluster } from './SecondCluster';

type Thing = ConformanceThing<DatabaseParams>;

/** What the conformance kit needs to know about databases on the PostgreSQL of the test run. */
export function createDatabaseHarness(options: {
  /** Made when the tests run, after they were named. */
  stage: () => DatabaseStage;
  second: () => SecondCluster;
  sessions: FaultySessions;
}): ConformanceHarness<DatabaseParams, PostgresConnection> {
  const { stage, second, sessions } = options;
  const foreign = new Map<string, string>();
  const server = () => stage().server;

  const connection = (
    overrides?: Parameters<DatabaseStage['connection']>[0],
  ): ProviderConnection<PostgresConnection> => ({
    name: 'orders',
    config: stage().connection(overrides),
  });
  const params = (): DatabaseParams => ({ template: stage().template });
  const describe = async (name: string) => {
    const rows = await server().sql(
      `SELECT oid, datdba, datallowconn, datconnlimit, datacl::text,
              shobj_description(oid, 'pg_database') AS comment
         FROM pg_database WHERE datname = $1`,
      { values: [name] },
    );
    return JSON.stringify(rows);
  };

  return {
    ...createServerHarness({ stage: server, sessions }),
    connection,
    params,
    refused: () => [
      {
        what: 'a template that the ceiling does not name',
        params: { template: server().orders },
        connection: connection(),
      },
      {
        what: 'anything, where the ceiling names nothing',
        params: {},
        connection: connection({ ceiling: {} }),
      },
      {
        what: "another lease's database, though the ceiling names it",
        params: { template: 'jit_0' },
        connection: connection({
          ceiling: { ephemeralDatabases: { templates: ['jit_0'] } },
        }),
      },
    ],
    async look({ externalName }: Thing) {
      const [role] = await server().sql<{ ends: number }>(
        `SELECT (extract(epoch from rolvaliduntil) * 1000)::float8 AS ends
           FROM pg_roles WHERE rolname = $1`,
        { values: [externalName] },
      );
      return {
        remains: await stage().remains(externalName),
        ...(role && { expiresAt: role.ends }),
      };
    },
    secondSystem: {
      connection: () =>
        connection({
          port: second().port,
          user: 'postgres',
          password: second().password,
        }),
    },
    foreign: {
      async make({ externalName }: Thing) {
        await server().sql(
          `CREATE DATABASE ${externalName} OWNER ${server().admin}`,
        );
        // Even one that the admin owns, and whose comment looks like ours.
        await server().sql(
          `COMMENT ON DATABASE ${externalName} IS 'backstage-jit-database'`,
        );
        foreign.set(externalName, await describe(externalName));
      },
      async intact({ externalName }: Thing) {
        return (await describe(externalName)) === foreign.get(externalName);
      },
    },
  };
}
