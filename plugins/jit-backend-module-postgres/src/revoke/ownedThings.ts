import { Session } from '../connection/Session';
import { KEPT_KINDS } from './objectKinds';

/** Something that the role owns in the database of the session. */
export interface OwnedObject {
  classId: number;
  oid: number;
  kind: string;
  /** Quoted and qualified, as it stands in a statement. */
  identity: string;
}

interface Options {
  oid: number;
  limit: number;
  /** Oids to leave out. */
  except?: number[];
}

async function owned(
  session: Session,
  options: Options & { kept: boolean },
): Promise<OwnedObject[]> {
  // The newest first: it may depend on what is older.
  return await session.query<OwnedObject & Record<string, unknown>>(
    `SELECT d.classid AS "classId", d.objid AS oid, i.type AS kind, i.identity
       FROM pg_shdepend d
       JOIN pg_database b ON b.oid = d.dbid AND b.datname = current_database(),
            LATERAL pg_identify_object(d.classid, d.objid, 0) AS i
      WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = $1::oid
        AND d.deptype = 'o' AND i.identity IS NOT NULL
        AND (i.type = ANY ($2::text[])) = $3
        AND d.objid <> ALL ($4::oid[])
      ORDER BY d.objid DESC LIMIT $5`,
    [
      options.oid,
      KEPT_KINDS,
      options.kept,
      options.except ?? [],
      options.limit,
    ],
  );
}

/** What is dropped, the newest first. */
export async function ownedCode(
  session: Session,
  options: Options,
): Promise<OwnedObject[]> {
  return await owned(session, { ...options, kept: false });
}

/** What goes to `reassignTo`. */
export async function ownedData(
  session: Session,
  options: Options,
): Promise<OwnedObject[]> {
  return await owned(session, { ...options, kept: true });
}
