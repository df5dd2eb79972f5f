import { NATURES } from './__testUtils__/backendConfig';
import { BackendProcess } from './__testUtils__/BackendProcess';
import { checkAtRest } from './__testUtils__/checks/checkAtRest';
import { checkHistories } from './__testUtils__/checks/checkHistories';
import { readOutside } from './__testUtils__/checks/OutsideState';
import { LedgerKind } from './__testUtils__/CrashLedger';
import { PEOPLE } from './__testUtils__/crew';
import { readLedger } from './__testUtils__/readLedger';
import { Site } from './__testUtils__/Site';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(300_000);

const [KEEPER, LEAVER] = PEOPLE;

async function ask(
  process: BackendProcess,
  person: string,
  duration: { hours: number } | { seconds: number },
) {
  const { api, token } = process.as(person);
  return await api.createRequest(
    { leases: NATURES.map(profileId => ({ profileId, duration })) },
    { token },
  );
}

it.each<LedgerKind>(['postgres', 'sqlite'])(
  'carries leases to their end whose profiles are no longer in the config, on %s',
  async kind => {
    const site = await Site.open({ ledger: kind });
    try {
      const { ledger } = site.ledger;
      const before = await site.start();
      site.warmUp();
      await ask(before, LEAVER, { seconds: 10 });
      const { leases } = await ask(before, KEEPER, { hours: 1 });
      await waitFor(
        { what: 'all leases to have been granted', withinMs: 60_000 },
        async () =>
          (await readLedger(ledger)).leases.every(each => each.grantedAt),
      );
      await before.kill();
      await site.gone(before);

      const without = await site.start({ config: { profiles: [] } });
      await expect(ask(without, KEEPER, { hours: 1 })).rejects.toThrow();
      // By the rules that they were asked under they are used, made longer and given back.
      const { api, token } = without.as(KEEPER);
      const access = leases.find(each => each.profileId === 'access')!;
      const { credentials } = await api.issueCredentials(access.id, { token });
      expect(credentials.forms).not.toEqual([]);
      const { lease } = await api.extendLease(
        access.id,
        { duration: '10m' },
        { token },
      );
      expect(lease.extensionsLeft).toBe(access.extensionsLeft - 1);
      for (const { id } of leases) {
        await api.endLease(id, undefined, { token });
      }
      await site.atRest(without);

      const state = await readLedger(ledger);
      expect(
        state.leases.map(each => [each.subject, each.endReason]).sort(),
      ).toEqual([
        ...NATURES.map(() => [KEEPER, 'returned']),
        ...NATURES.map(() => [LEAVER, 'expired']),
      ]);
      const outside = await readOutside(site.world);
      const touched = new Set(leases.map(each => each.id));
      expect([
        ...checkHistories(ledger, state),
        ...checkAtRest(state, outside, {
          touched,
          late: false,
          standing: site.standing,
        }),
      ]).toEqual([]);
    } finally {
      await site.close();
    }
  },
);
