import { Lease } from '@backstage-jit/plugin-jit-common';
import { PEOPLE } from './__testUtils__/crew';
import { RealDatabase, withClient } from './__testUtils__/RealDatabase';
import { Site } from './__testUtils__/Site';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(300_000);

/** The names that the engine gives. */
const OURS = '^jit_[0-9a-f]{32}$';

const part = {
  title: 'A part',
  connection: 'real',
  eligible: [{ group: 'group:default/crew' }],
  duration: { maximum: '1h' },
};

const fact = (name: string) => ({
  value: `\${{ parts.database.${name} }}`,
  allow: { pattern: 'jit_[0-9a-f]{32}' },
});

it('makes a real database and access to it, and takes both back though the backend is killed', async () => {
  const database = await RealDatabase.create();
  const left = async () =>
    await database.asSuperuser(async superuser => {
      const { rows } = await superuser.query(
        `SELECT datname AS name FROM pg_database WHERE datname ~ $1
         UNION ALL
         SELECT r.rolname FROM pg_roles r
          WHERE r.rolname ~ $1 AND pg_has_role($2, r.oid, 'MEMBER')`,
        [OURS, `${database.name}_admin`],
      );
      return rows;
    });
  await database.asSuperuser(
    async superuser =>
      await superuser.query(`ALTER ROLE ${database.name}_admin CREATEDB`),
  );
  const real = database.connection({ password: database.adminPassword });
  const config = {
    connections: {
      real: { ...real, ceiling: { ephemeralDatabases: { access: true } } },
    },
    profiles: [
      { ...part, id: 'database', provider: 'postgres.database' },
      {
        ...part,
        id: 'access',
        provider: 'postgres.role',
        parameters: { memberOf: [fact('owner')], database: fact('database') },
      },
    ],
    bundles: [
      {
        id: 'both',
        title: 'Database and access',
        parts: ['database', 'access'],
      },
    ],
  };
  const site = await Site.open({ ledger: 'postgres' });
  try {
    const victim = await site.start({ config });
    site.warmUp();
    const { api, token } = victim.as(PEOPLE[0]);
    const { leases } = await api.createRequest(
      {
        bundleId: 'both',
        leases: [{ profileId: 'database' }, { profileId: 'access' }],
      },
      { token },
    );
    const [first, second] = leases.map(({ id }) => id);
    const active = await waitFor(
      { what: 'the access to be there', withinMs: 120_000 },
      async () => {
        const { lease } = await api.getLease(second, { token });
        return lease.state === 'active' && lease;
      },
    );
    const { lease: made } = await api.getLease(first, { token });
    expect(active.parameters).toEqual({
      memberOf: [made.facts?.owner],
      database: made.facts?.database,
    });
    expect(active.expiresAt).toBe(made.expiresAt);

    const { credentials } = await api.issueCredentials(second, { token });
    const url = credentials.forms.find(form => form.id === 'url')!.value;
    expect(new URL(url).pathname).toBe(`/${made.facts?.database}`);
    await withClient(url, session =>
      session.query('create table notes (line text)'),
    );

    // The database, its two roles, and that of the access.
    expect((await left()).length).toBeGreaterThanOrEqual(3);

    await api.endLease(first, {}, { token });
    await victim.kill();
    await site.gone(victim);
    const heir = (await site.start({ config })).as(PEOPLE[0]);
    const look = async (id: string): Promise<Lease> =>
      (await heir.api.getLease(id, { token: heir.token })).lease;
    await waitFor(
      { what: 'both to be gone', withinMs: 120_000 },
      async () => (await look(first)).state === 'revoked',
    );
    const [ground, access] = await Promise.all([look(first), look(second)]);
    expect(access.state).toBe('revoked');
    expect(Date.parse(access.verifiedAt!)).toBeLessThanOrEqual(
      Date.parse(ground.verifiedAt!),
    );
    expect(await left()).toEqual([]);
  } finally {
    await site.close();
    await database.remove();
  }
});
