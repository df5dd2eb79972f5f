import { NATURES } from './__testUtils__/backendConfig';
import { checkAtRest } from './__testUtils__/checks/checkAtRest';
import { checkHistories } from './__testUtils__/checks/checkHistories';
import { readOutside } from './__testUtils__/checks/OutsideState';
import { LedgerKind } from './__testUtils__/CrashLedger';
import { PEOPLE } from './__testUtils__/crew';
import { readLedger } from './__testUtils__/readLedger';
import { Site } from './__testUtils__/Site';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(180_000);

/** What is promised, from readiness to verified absence. */
const WITHIN_MS = 5_000;

it.each<LedgerKind>(['postgres', 'sqlite'])(
  'revokes within 5 s of readiness what ended while no backend was alive, on %s',
  async kind => {
    // The engine keeps time as it does in production.
    const site = await Site.open({ ledger: kind, engine: {} });
    try {
      const { ledger } = site.ledger;
      const victim = await site.start();
      site.warmUp();
      const { api, token } = victim.as(PEOPLE[0]);
      await api.createRequest(
        {
          leases: NATURES.map(profileId => ({
            profileId,
            duration: { seconds: 3 },
          })),
        },
        { token },
      );
      const live = await waitFor(
        { what: 'all leases to be active', withinMs: 60_000 },
        async () => {
          const state = await readLedger(ledger);
          const isLive =
            state.leases.every(lease => lease.state === 'active') &&
            state.entitlements.every(each => each.call === undefined);
          return isLive && state;
        },
      );
      await victim.kill();
      await site.gone(victim);
      const end = Math.max(...live.leases.map(lease => lease.expiresAt!));
      await waitFor(
        { what: 'the end of all leases to pass', withinMs: 60_000 },
        async () => (await ledger.clock.now(ledger.knex)) > end,
      );
      expect((await site.world.things()).length).toBeGreaterThan(
        live.leases.length,
      );

      const heir = await site.start();
      const readyAt = await ledger.clock.now(ledger.knex);
      await site.atRest(heir);
      const state = await readLedger(ledger);
      for (const { verifiedAt } of state.leases) {
        expect(verifiedAt! - readyAt).toBeLessThanOrEqual(WITHIN_MS);
      }
      const outside = await readOutside(site.world);
      expect([
        ...checkHistories(ledger, state),
        ...checkAtRest(state, outside, {
          touched: new Set(),
          late: false,
          standing: site.standing,
        }),
      ]).toEqual([]);
    } finally {
      await site.close();
    }
  },
);
