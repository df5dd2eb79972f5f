import { Session } from '../connection/Session';
import { OwnedObject } from './ownedThings';

export interface Dependent {
  kind: string;
  identity: string;
  /** A table, sequence or stored column that the role does not own: not ours to drop. */
  foreignData: boolean;
}

/** What `DROP … CASCADE` of a thing would take with it, as people would name it. */
export async function dependents(
  session: Session,
  options: { object: OwnedObject; owner: number; limit: number },
): Promise<Dependent[]> {
  const { object, owner, limit } = options;
  return await session.query<Dependent & Record<string, unknown>>(
    `WITH RECURSIVE gone AS (
       SELECT $1::oid AS classid, $2::oid AS objid, 0 AS objsubid
       UNION
       SELECT next.* FROM gone, LATERAL (
         SELECT d.classid, d.objid, d.objsubid FROM pg_depend d
          WHERE d.refclassid = gone.classid AND d.refobjid = gone.objid
            AND (gone.objsubid = 0 OR d.refobjsubid = gone.objsubid)
         UNION ALL
         -- A part of something takes the whole with it: the rule of a view, the expression of a generated column.
         SELECT d.refclassid, d.refobjid, d.refobjsubid FROM pg_depend d
          WHERE d.classid = gone.classid AND d.objid = gone.objid
            AND (gone.objsubid = 0 OR d.objsubid = gone.objsubid)
            AND d.deptype IN ('i', 'e')
       ) AS next
     )
     SELECT i.type AS kind, i.identity,
            coalesce(c.relowner <> $3::oid AND CASE
              WHEN gone.objsubid = 0 THEN c.relkind IN ('r', 'p', 'S')
              ELSE c.relkind IN ('r', 'p') AND a.attgenerated = '' END, false) AS "foreignData"
       FROM gone
       LEFT JOIN pg_class c ON gone.classid = 'pg_class'::regclass AND c.oid = gone.objid
       LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = gone.objsubid AND gone.objsubid <> 0
       LEFT JOIN pg_type t ON gone.classid = 'pg_type'::regclass AND t.oid = gone.objid,
            LATERAL pg_identify_object(gone.classid, gone.objid, gone.objsubid) AS i
      WHERE (gone.classid, gone.objid) <> ($1::oid, $2::oid)
        AND i.identity IS NOT NULL
        -- Row and array types, and the rule that a view is: parts of what is named itself.
        AND gone.classid <> 'pg_rewrite'::regclass
        AND (t.oid IS NULL OR (t.typrelid = 0 AND t.typelem = 0))
      ORDER BY 3 DESC, 1, 2 LIMIT $4`,
    [object.classId, object.oid, owner, limit],
  );
}
