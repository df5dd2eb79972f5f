/* eslint-disable jest/no-export -- declares tests for others */
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';

/** Where the tests of one database get theirs. */
export interface DatabaseOfTest {
  /** An empty one. */
  open(): Promise<Knex>;
  /** An open one as another process sees it, until the test is over. SQLite has one connection, and one process. */
  openBeside(knex: Knex): Knex;
}

/**
 * Describes tests twice: on SQLite, and on PostgreSQL. To be called where a file describes its tests; hooks are theirs to register.
 *
 * It is a test of its own that there are both, since a database that cannot be reached is left out without a word.
 */
export function onBothDatabases(
  name: string,
  tests: (database: DatabaseOfTest) => void,
): void {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it('runs on both databases', () => {
    expect(databases.eachSupportedId()).toHaveLength(2);
  });

  describe.each(databases.eachSupportedId())(`${name} on %s`, id => {
    const beside: Knex[] = [];

    afterEach(async () => {
      await Promise.all(beside.splice(0).map(each => each.destroy()));
    });

    tests({
      open: () => databases.init(id as TestDatabaseId),
      openBeside(knex) {
        if (id === 'SQLITE_3') {
          return knex;
        }
        const opened = knexFactory(knex.client.config);
        beside.push(opened);
        return opened;
      },
    });
  });
}
