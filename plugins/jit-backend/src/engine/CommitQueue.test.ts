import { TestDatabases } from '@backstage/backend-test-utils';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EngineBench } from '../__testUtils__/EngineBench';
import { takeClaims } from '../__testUtils__/takeClaims';
import { Claim } from '../database/operations/engine/Claim';
import { TABLES } from '../database/tables';
import { CommitQueue } from './CommitQueue';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const CLAIM_MS = 60_000;

it('begins another transaction beside one that is held up, once many wait', async () => {
  const knex = await databases.init('POSTGRES_18');
  const bench = await EngineBench.create(knex, { concurrency: 100 });
  for (let n = 0; n < 40; n += 1) {
    await bench.ask();
  }
  const claims = await takeClaims(bench.ledger, {
    limit: 100,
    claimLifeMs: CLAIM_MS,
  });
  expect(claims).toHaveLength(40);
  const [first, few, ...many] = claims;
  const renewed: string[] = [];
  const queue = new CommitQueue({
    ledger: bench.ledger,
    claimLifeMs: CLAIM_MS,
    keeper: { renewed: claim => renewed.push(claim.entitlementId) },
  });
  const written: string[] = [];
  const commit = async (claim: Claim) => {
    const { type } = await queue.commit({
      claim,
      decide: view => ({ view, events: [], schedule: {}, keepClaim: false }),
    });
    expect(type).toBe('written');
    written.push(claim.entitlementId);
  };

  const holder = await knex.transaction();
  await holder(TABLES.entitlements)
    .where({ id: first.entitlementId })
    .forUpdate();
  const held = commit(first);
  // By then its transaction has begun.
  await nextTurn();
  const later = commit(few);
  await nextTurn();
  expect(written).toEqual([]);
  await Promise.all([later, ...many.map(commit)]);
  expect(written).not.toContain(first.entitlementId);
  expect(written).toHaveLength(39);

  await holder.rollback();
  await held;
  expect(written).toHaveLength(40);
  expect(renewed.sort()).toEqual(claims.map(each => each.entitlementId).sort());
});
