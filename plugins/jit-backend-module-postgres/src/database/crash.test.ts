import { DatabaseLease } from '../__testUtils__/DatabaseLease';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';
import { RecordingSessions } from '../__testUtils__/RecordingSessions';

jest.setTimeout(600_000);

/** More statements than any operation has; an operation that needs more is found by the test itself. */
const MOST = 120;

/** What follows such a death is tried by the conformance kit. */
describe('a process that dies after any statement of a grant', () => {
  let stage: DatabaseStage;
  let sessions: RecordingSessions;

  const lease = () =>
    new DatabaseLease({
      stage,
      params: { template: stage.template },
      openSession: sessions.factory,
    });

  beforeAll(async () => {
    stage = await DatabaseStage.create();
    sessions = new RecordingSessions();
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('never leaves a database in the hands of others, nor one that it does not find again', async () => {
    let points = 0;
    for (let statements = 0; statements < MOST; statements++) {
      const cut = lease();
      if (!(await sessions.diesAfter(statements, () => cut.grant()))) {
        await cut.revoke();
        break;
      }
      points += 1;
      // The handle was never committed.
      cut.handle = undefined;
      const remains = await stage.remains(cut.name);
      const [database] = await stage.server.sql(
        `SELECT datallowconn AS open, has_database_privilege('public', oid, 'CONNECT') AS everybody
           FROM pg_database WHERE datname = $1`,
        { values: [cut.name] },
      );
      // Never in the hands of others: open only once PUBLIC is shut out.
      expect([
        undefined,
        { open: false, everybody: true },
        { open: true, everybody: false },
      ]).toContainEqual(database);
      const { status } = await cut.inspect();
      expect(status === 'absent').toBe(remains.length === 0);

      await cut.revoke({ handle: undefined });
      expect(await cut.inspect()).toEqual({ status: 'absent' });
      expect(await stage.remains(cut.name)).toEqual([]);
    }
    expect(points).toBeGreaterThan(30);
    expect(points).toBeLessThan(MOST);
  });
});
