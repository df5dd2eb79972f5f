import { EVENT_KEYS } from './__testUtils__/backendConfig';
import { BackendProcess } from './__testUtils__/BackendProcess';
import { PEOPLE } from './__testUtils__/crew';
import { RealDatabase, withClient } from './__testUtils__/RealDatabase';
import { Site } from './__testUtils__/Site';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(300_000);

const WRONG_PASSWORD = 'not-the-password-of-the-admin';

/** The server's own end comes so soon after that of the lease. */
const OUTSIDE_MARGIN = { seconds: 1 };

async function askFor(process: BackendProcess, profileId: string) {
  const { api, token } = process.as(PEOPLE[0]);
  const { leases } = await api.createRequest(
    { leases: [{ profileId, duration: { seconds: 20 } }] },
    { token },
  );
  const [{ id }] = leases;
  const look = async () => (await api.getLease(id, { token })).lease;
  return { api, token, id, look };
}

it('ends at the server itself while no backend is alive, and no secret of it is in any log', async () => {
  const database = await RealDatabase.create();
  const site = await Site.open({
    ledger: 'postgres',
    engine: { outsideMargin: OUTSIDE_MARGIN },
  });
  const config = {
    connections: {
      real: database.connection({ password: database.adminPassword }),
      refusing: database.connection({ password: WRONG_PASSWORD }),
    },
    profiles: ['real', 'refusing'].map(connection =>
      database.profile({ id: connection, connection }),
    ),
    logLevel: 'debug',
  };
  try {
    const victim = await site.start({ config });
    site.warmUp();
    const refused = await askFor(victim, 'refusing');
    await waitFor(
      { what: 'the refused login to show', withinMs: 60_000 },
      async () => (await refused.look()).lastError,
    );
    const { api, token, id, look } = await askFor(victim, 'real');
    await waitFor(
      { what: 'the role to be there', withinMs: 60_000 },
      async () => (await look()).state === 'active',
    );
    const { credentials } = await api.issueCredentials(id, { token });
    const url = credentials.forms.find(form => form.id === 'url')!.value;
    await withClient(url, async open => {
      await victim.kill();
      await site.gone(victim);
      // It still lets its holder in, until its own end.
      await withClient(url, session => session.query('select 1'));
      const [role] = await waitFor(
        { what: 'the end that the server knows', withinMs: 60_000 },
        async () => {
          const roles = await database.roles();
          return roles.every(each => each.hasEnded) && roles;
        },
      );
      expect(role.name).toBe(new URL(url).username);
      await expect(
        withClient(url, session => session.query('select 1')),
      ).rejects.toMatchObject({ code: '28P01' });

      // What the page of promises says of sessions that are open then.
      await open.query('select 1');
      const ended = new Promise(resolve => open.once('end', resolve));
      const heir = await site.start({ config });
      await ended;
      await waitFor(
        { what: 'the role to be gone', withinMs: 60_000 },
        async () => (await database.roles()).length === 0,
      );

      const log = [victim, heir].map(each => each.wholeLog).join('\n');
      expect(log).toContain(refused.id);
      const secrets = [
        decodeURIComponent(new URL(url).password),
        database.adminPassword,
        WRONG_PASSWORD,
        ...EVENT_KEYS.map(key => key.secret),
      ];
      expect(secrets.filter(secret => log.includes(secret))).toEqual([]);
    });
  } finally {
    await site.close();
    await database.remove();
  }
});
