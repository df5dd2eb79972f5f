import { TestDatabases } from '@backstage/backend-test-utils';
import { RestBench } from '../__testUtils__/RestBench';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

it('writes a request with few statements, however many leases it is for', async () => {
  expect(databases.eachSupportedId()).toHaveLength(1);
  const bench = await RestBench.create(await databases.init('POSTGRES_18'));
  const sent: Array<{ sql: string; __knexTxId?: string }> = [];
  bench.ledger.knex.on('query', query => sent.push(query));
  const statements = async (leases: number) => {
    sent.length = 0;
    const { status } = await bench.post('ada', '/requests', {
      leases: Array(leases).fill({ profileId: 'free' }),
      reason: 'OPS-1 fix',
    });
    expect(status).toBe(201);
    const writes = sent.find(({ sql }) => sql.includes('jit_requests'));
    return sent
      .filter(({ __knexTxId: id }) => id && id === writes?.__knexTxId)
      .map(({ sql }) => sql.split(/[ ;]/, 2).join(' '));
  };

  const one = await statements(1);
  expect(one).toEqual([
    'BEGIN ',
    'insert into',
    'select "live".*,',
    'with s0',
    'COMMIT ',
  ]);
  // What stands against it is looked at for each of its leases.
  expect(await statements(3)).toHaveLength(one.length + 2);
});
