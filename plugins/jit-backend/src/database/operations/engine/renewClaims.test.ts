import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { EngineBench } from '../../../__testUtils__/EngineBench';
import { takeClaims } from '../../../__testUtils__/takeClaims';
import { TABLES } from '../../tables';
import { renewClaims } from './renewClaims';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

it('locks what it renews in the order of the ids, as those do who commit', async () => {
  expect(databases.eachSupportedId()).toHaveLength(1);
  const knex = await databases.init('POSTGRES_18');
  const bench = await EngineBench.create(knex, { concurrency: 100 });
  const { ledger } = bench;
  for (let n = 0; n < 20; n += 1) {
    await bench.ask();
  }
  const claims = await takeClaims(ledger, { limit: 20, claimLifeMs: 60_000 });
  const ids = claims.map(claim => claim.entitlementId).sort();
  // The rows lie in the table against that order.
  for (const id of [...ids].reverse()) {
    await knex(TABLES.entitlements).where({ id }).update({ removal: null });
  }

  const tx = await knex.transaction();
  await tx(TABLES.entitlements).where({ id: ids[0] }).forUpdate();
  const renewed = renewClaims(ledger, { claims, claimLifeMs: 60_000 });
  await untilSomebodyWaits(knex);
  // Were the last row locked already, this would wait for the renewal, which waits for the first.
  await tx(TABLES.entitlements)
    .where({ id: ids.at(-1) })
    .forUpdate();
  await tx.commit();
  expect(await renewed).toEqual([]);
});

async function untilSomebodyWaits(knex: Knex): Promise<void> {
  const waiting = () => knex('pg_locks').where({ granted: false }).first('pid');
  while (!(await waiting())) {
    // It is on its way.
  }
}
