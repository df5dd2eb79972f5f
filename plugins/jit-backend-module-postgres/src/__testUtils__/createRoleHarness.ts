import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import {
  ConformanceHarness,
  ConformanceThing,
} from '@backstage-jit/plugin-jit-test-utils';
import { PostgresConnection } from '../connection/connectionSchema';
import { RoleParams } from '../provider/paramsSchema';
import { createServerHarness } from './createServerHarness';
import { FaultySessions } from './FaultySessions';
import { PostgresStage } from './PostgresStage';
import { SecondCluster } from './SecondCluster';

type Thing = ConformanceThing<RoleParams>;

interface HarnessOptions {
  /** Made when the tests run, after they were named. */
  stage: () => PostgresStage;
  second: () => SecondCluster;
  sessions: FaultySessions;
}

async function roleRow(stage: PostgresStage, name: string) {
  const [row] = await stage.sql(
    `SELECT r.oid, r.rolpassword, r.rolcanlogin, shobj_description(r.oid, 'pg_authid') AS comment,
            (extract(epoch from rolvaliduntil) * 1000)::float8 AS ends,
            ARRAY(SELECT m.roleid::regrole::text || m.admin_option || m.inherit_option || m.set_option
                    FROM pg_auth_members m WHERE m.member = r.oid ORDER BY 1) AS roles
       FROM pg_authid r WHERE rolname = $1`,
    { values: [name] },
  );
  return row;
}

/** What the conformance kit needs to know about, and do to, the PostgreSQL of the test run. */
export function createRoleHarness(
  options: HarnessOptions,
): ConformanceHarness<RoleParams, PostgresConnection> {
  const { stage, second } = options;
  const oids = new Map<string, number>();
  const foreign = new Map<string, unknown>();

  const connection = (
    overrides?: Parameters<PostgresStage['connection']>[0],
  ): ProviderConnection<PostgresConnection> => ({
    name: 'orders',
    config: stage().connection(overrides),
  });
  const params = (): RoleParams => ({ memberOf: [stage().readonlyRole] });

  return {
    ...createServerHarness(options),
    connection,
    params,
    refused: () => [
      {
        what: 'a role that the ceiling does not name',
        params: { memberOf: [stage().readonlyRole, stage().owner] },
        connection: connection(),
      },
      {
        what: 'anything, where the ceiling names nothing',
        params: params(),
        connection: connection({ ceiling: {} }),
      },
      {
        what: 'superuser, though the ceiling names it',
        params: { memberOf: ['postgres'] },
        connection: connection({ ceiling: { roles: ['postgres'] } }),
      },
    ],
    async look({ externalName }: Thing) {
      const role = await roleRow(stage(), externalName);
      if (role) {
        oids.set(externalName, Number(role.oid));
      }
      const alone = await stage().sql(
        'SELECT pid FROM pg_stat_activity WHERE usesysid = $1::oid',
        { values: [oids.get(externalName) ?? 0] },
      );
      return {
        remains: [
          ...(role ? [`role ${externalName} in ${role.roles.join(', ')}`] : []),
          ...alone.map(() => 'session'),
        ],
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
        const name = externalName;
        await stage().sql(
          `CREATE ROLE ${name} LOGIN PASSWORD 'somebody-else' VALID UNTIL '2099-01-01';
           COMMENT ON ROLE ${name} IS 'theirs';
           GRANT ${name} TO ${stage().admin} WITH ADMIN TRUE`,
        );
        foreign.set(name, await roleRow(stage(), name));
      },
      async intact({ externalName }: Thing) {
        return (
          JSON.stringify(await roleRow(stage(), externalName)) ===
          JSON.stringify(foreign.get(externalName))
        );
      },
    },
  };
}
