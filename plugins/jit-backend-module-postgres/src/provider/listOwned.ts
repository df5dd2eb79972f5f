import { OwnedThing } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { isOurs, MARK_PREFIXES, parseMark } from '../mark/LeaseMark';
import { ConnectionCall, RoleHandle } from './types';

/** All roles that carry our mark: one statement, so that the list is whole or an error. */
export async function* listOwned(
  call: ConnectionCall,
): AsyncIterable<OwnedThing<RoleHandle>> {
  const rows = await withSession(call, session =>
    transaction(session, { readOnly: true }, () =>
      session.query<{ oid: number; comment: string }>(
        `SELECT r.oid, d.description AS comment
           FROM pg_roles r
           JOIN pg_shdescription d
             ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
          WHERE starts_with(d.description, $1)
          ORDER BY r.oid`,
        [MARK_PREFIXES.role],
      ),
    ),
  );
  for (const { oid, comment } of rows) {
    const mark = parseMark('role', comment);
    if (mark && isOurs(mark, call.ctx.mark)) {
      yield {
        externalName: mark.externalName,
        leaseId: mark.leaseId,
        handle: { v: 1, oid: Number(oid) },
      };
    }
  }
}
