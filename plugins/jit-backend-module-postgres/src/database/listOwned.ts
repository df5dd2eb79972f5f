import { OwnedThing } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { isOurs, MARK_PREFIXES, parseMark } from '../mark/LeaseMark';
import { DatabaseConnectionCall, DatabaseHandle } from './types';

/** What is left of each lease, be it a role alone: one statement, so that the list is whole or an error. */
export async function* listOwned(
  call: DatabaseConnectionCall,
): AsyncIterable<OwnedThing<DatabaseHandle>> {
  const rows = await withSession(call, session =>
    transaction(session, { readOnly: true }, () =>
      session.query<{ comment: string }>(
        `SELECT d.description AS comment
           FROM pg_roles r
           JOIN pg_shdescription d
             ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
          WHERE starts_with(d.description, $1) OR starts_with(d.description, $2)
          ORDER BY r.oid`,
        [MARK_PREFIXES.keeper, MARK_PREFIXES.database],
      ),
    ),
  );
  const seen = new Set<string>();
  for (const { comment } of rows) {
    const mark = parseMark('keeper', comment) ?? parseMark('database', comment);
    if (mark && isOurs(mark, call.ctx.mark) && !seen.has(mark.externalName)) {
      seen.add(mark.externalName);
      yield { externalName: mark.externalName, leaseId: mark.leaseId };
    }
  }
}
