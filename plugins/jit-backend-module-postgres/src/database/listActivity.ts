import { ThingActivity } from '@backstage-jit/plugin-jit-node';
import { transaction } from '../connection/transaction';
import { withSession } from '../connection/withSession';
import { isOurs, MARK_PREFIXES, parseMark } from '../mark/LeaseMark';
import { DatabaseConnectionCall } from './types';

interface Row {
  comment: string;
  idleForMs: string | null;
  counter: string;
}

/**
 * How each database was used, by one statement from the admin's own database.
 *
 * Sessions that are open tell when they last did something. What came and went between two looks shows in how many ever began, which the server counts
 * of clients alone, and how many are open: its counters of transactions, blocks and tuples move by autovacuum too, and those of time only some
 * seconds after the use. Sessions of the admin do not count as open; it goes into a database only to act.
 */
export async function* listActivity(
  call: DatabaseConnectionCall,
): AsyncIterable<ThingActivity> {
  const rows = await withSession(call, session =>
    transaction(session, { readOnly: true }, () =>
      session.query<Row & Record<string, unknown>>(
        `SELECT d.description AS comment, a."idleForMs",
                concat_ws('/', s.sessions, a.open, s.stats_reset) AS counter
           FROM pg_database b
           JOIN pg_shdescription d
             ON d.objoid = b.datdba AND d.classoid = 'pg_authid'::regclass
           JOIN pg_stat_database s ON s.datid = b.oid,
                LATERAL (
                  SELECT count(*) AS open,
                         (extract(epoch from min(CASE
                           WHEN state = 'active' THEN interval '0'
                           ELSE greatest(clock_timestamp() - state_change, interval '0') END
                         )) * 1000)::text AS "idleForMs"
                    FROM pg_stat_activity
                   WHERE datid = b.oid AND backend_type = 'client backend'
                     AND usename <> current_user
                ) AS a
          WHERE starts_with(d.description, $1)
          ORDER BY b.oid`,
        [MARK_PREFIXES.keeper],
      ),
    ),
  );
  for (const { comment, idleForMs, counter } of rows) {
    const mark = parseMark('keeper', comment);
    if (mark && isOurs(mark, call.ctx.mark)) {
      yield {
        externalName: mark.externalName,
        ...(idleForMs !== null && { idleForMs: Math.round(Number(idleForMs)) }),
        counter,
      };
    }
  }
}
