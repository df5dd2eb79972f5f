import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { RestBench } from '../../../__testUtils__/RestBench';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { takeLocks } from './takeLocks';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const LOCK_NOT_AVAILABLE = { code: '55P03' };

describe('locks by name', () => {
  let ledger: Ledger;

  beforeEach(async () => {
    ({ ledger } = await RestBench.create(await databases.init('POSTGRES_18')));
  });

  const take = (tx: Ledger, ...names: string[]) =>
    takeLocks(tx, { names: names.map(name => [name]) });

  /** @throws Error when somebody holds one of them */
  const takeAtOnce = async (...names: string[]) =>
    await inTransaction(ledger, async tx => {
      await tx.knex.raw(`set local lock_timeout = '20ms'`);
      await take(tx, ...names);
    });

  it.each(['for the first time', 'again'])(
    'keep out who wants one of them, taken %s',
    async time => {
      if (time === 'again') {
        await takeAtOnce('a', 'b');
      }
      await inTransaction(ledger, async tx => {
        await take(tx, 'b', 'a');
        for (const name of ['a', 'b']) {
          await expect(takeAtOnce(name)).rejects.toMatchObject(
            LOCK_NOT_AVAILABLE,
          );
        }
        await takeAtOnce('c');
      });
      await takeAtOnce('a', 'b', 'c');
    },
  );

  it('keep out the release before, which takes them for update, and are kept out by it', async () => {
    await takeAtOnce('a');
    const asBefore = (knex: Knex) => knex(TABLES.locks).forUpdate().noWait();
    await inTransaction(ledger, async tx => {
      await take(tx, 'a');
      await expect(asBefore(ledger.knex)).rejects.toMatchObject(
        LOCK_NOT_AVAILABLE,
      );
    });
    await inTransaction(ledger, async tx => {
      await asBefore(tx.knex);
      await expect(takeAtOnce('a')).rejects.toMatchObject(LOCK_NOT_AVAILABLE);
    });
  });

  it('write nothing that is there already', async () => {
    const versions = () => ledger.knex(TABLES.locks).select('name', 'ctid');
    await takeAtOnce('a', 'b');
    const before = await versions();
    await takeAtOnce('a', 'b');
    expect(await versions()).toEqual(before);
  });
});
