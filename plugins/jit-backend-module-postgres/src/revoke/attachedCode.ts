import { Session } from '../connection/Session';

/** Code that hangs on a table or domain and runs for whoever uses that. */
export interface AttachedCode {
  kind: string;
  identity: string;
  /** The statement that removes it. */
  sql: string;
}

/** Volatile functions that defaults are commonly made of, and that run nothing of a holder's. */
const HARMLESS = [
  'nextval',
  'currval',
  'lastval',
  'random',
  'random_normal',
  'gen_random_uuid',
  'uuidv4',
  'uuidv7',
  'clock_timestamp',
  'timeofday',
];

/**
 * Whether an expression calls more than PostgreSQL's own functions without side effects. `query_to_xml` and its like run a text as SQL
 * with the rights of whoever inserts a row.
 */
function callsOut(expression: string): string {
  return `EXISTS (
    SELECT FROM regexp_matches(${expression}::text, ':(?:op)?funcid ([0-9]+)', 'g') AS called
      JOIN pg_proc p ON p.oid = called[1]::oid
     WHERE p.pronamespace <> 'pg_catalog'::regnamespace
        OR p.proname LIKE '%\\_to\\_xml%'
        OR (p.provolatile = 'v' AND p.proname <> ALL ($2::text[])))`;
}

/**
 * What runs code on the tables and domains that the role owns, whoever made it: triggers, rules, policies, and expressions that call out.
 * Handed on with the table, it would wait there for somebody with more rights. Views and foreign tables go themselves.
 */
export async function attachedCode(
  session: Session,
  options: { oid: number; limit: number },
): Promise<AttachedCode[]> {
  return await session.query<{ kind: string; identity: string; sql: string }>(
    `WITH mine AS (
       SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS relation
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relowner = $1::oid AND c.relkind IN ('r', 'p')
     ), named AS (
       SELECT 'trigger' AS kind, relation, tgname AS name, 'DROP TRIGGER %I ON %s' AS sql
         FROM mine JOIN pg_trigger ON tgrelid = mine.oid
        WHERE NOT tgisinternal AND tgparentid = 0
       UNION ALL
       SELECT 'rule', relation, rulename, 'DROP RULE %I ON %s'
         FROM mine JOIN pg_rewrite ON ev_class = mine.oid
       UNION ALL
       SELECT 'policy', relation, polname, 'DROP POLICY %I ON %s'
         FROM mine JOIN pg_policy ON polrelid = mine.oid
       UNION ALL
       SELECT 'default', relation, attname,
              CASE attgenerated WHEN '' THEN 'ALTER TABLE %2$s ALTER COLUMN %1$I DROP DEFAULT'
                                ELSE 'ALTER TABLE %2$s ALTER COLUMN %1$I DROP EXPRESSION' END
         FROM mine JOIN pg_attrdef ON adrelid = mine.oid
         JOIN pg_attribute ON attrelid = mine.oid AND attnum = adnum
        WHERE (attgenerated = '' OR attinhcount = 0) AND ${callsOut('adbin')}
       UNION ALL
       SELECT 'constraint', relation, conname, 'ALTER TABLE %2$s DROP CONSTRAINT %1$I'
         FROM mine JOIN pg_constraint ON conrelid = mine.oid
        WHERE contype = 'c' AND coninhcount = 0 AND ${callsOut('conbin')}
       UNION ALL
       SELECT 'constraint', format('%I.%I', n.nspname, t.typname), conname,
              'ALTER DOMAIN %2$s DROP CONSTRAINT %1$I'
         FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
         JOIN pg_constraint ON contypid = t.oid
        WHERE t.typowner = $1::oid AND contype = 'c' AND ${callsOut('conbin')}
     )
     SELECT kind, format('%I on %s', name, relation) AS identity, format(sql, name, relation) AS sql
       FROM named LIMIT $3`,
    [options.oid, HARMLESS, options.limit],
  );
}
