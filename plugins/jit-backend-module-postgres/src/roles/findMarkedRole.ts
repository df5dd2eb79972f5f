import {
  JitProviderError,
  OwnershipMark,
} from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import {
  isOurs,
  LeaseMark,
  MARK_PREFIXES,
  MarkKind,
  parseMark,
} from '../mark/LeaseMark';

export interface LeaseRole {
  oid: number;
  /** Its name now. */
  name: string;
  canLogin: boolean;
  /** When its password ends, in epoch milliseconds; undefined for never. */
  validUntil?: number;
}

export interface FoundRole {
  /** The role that carries our mark for this lease. */
  role?: LeaseRole;
  /** Whether another role has the name: not ours, never touched. */
  nameTaken: boolean;
}

export interface SoughtRole {
  kind: MarkKind;
  /** The name it was, or will be, made under. */
  name: string;
  /** Of the role that was made, where it is known. */
  oid?: number;
  /** What its mark says whose it is. */
  of: { leaseId: string } | { externalName: string };
  mark: OwnershipMark;
}

interface Row {
  oid: number;
  name: string;
  canLogin: boolean;
  validUntil: string | null;
  comment: string | null;
}

function toRole(row: Row): LeaseRole {
  const validUntil = Number(row.validUntil ?? Number.NaN);
  return {
    oid: Number(row.oid),
    name: row.name,
    canLogin: row.canLogin,
    validUntil: Number.isFinite(validUntil)
      ? Math.round(validUntil)
      : undefined,
  };
}

/**
 * Finds a role of a lease by our mark, whatever its name is now; within a transaction.
 *
 * @throws JitProviderError `misconfigured` when the role that we made is there and has lost its mark
 */
export async function findMarkedRole(
  session: Session,
  sought: SoughtRole,
): Promise<FoundRole> {
  const { kind, name } = sought;
  const [[key, value]] = Object.entries(sought.of);
  const rows = await session.query<Row>(
    `SELECT r.oid, r.rolname::text AS name, r.rolcanlogin AS "canLogin",
            (extract(epoch from r.rolvaliduntil) * 1000)::text AS "validUntil",
            d.description AS comment
       FROM pg_roles r
       LEFT JOIN pg_shdescription d
         ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
      WHERE r.rolname = $1
         OR r.oid = $2::oid
         OR (starts_with(d.description, $3) AND strpos(d.description, $4) > 0)
      ORDER BY r.oid`,
    [name, sought.oid ?? 0, MARK_PREFIXES[kind], JSON.stringify(value)],
  );
  const ours = rows.filter(row => {
    const mark = parseMark(kind, row.comment);
    return (
      mark &&
      isOurs(mark, sought.mark) &&
      mark[key as keyof LeaseMark] === value
    );
  });
  const unmarked = rows.find(
    row => Number(row.oid) === sought.oid && !ours.includes(row),
  );
  if (unmarked) {
    throw JitProviderError.misconfigured(
      `Role '${unmarked.name}' was made for this lease, but its comment is no longer our mark: restore the comment, or drop the role by hand.`,
    );
  }
  const found = ours.find(row => row.name === name) ?? ours[0];
  return {
    role: found && toRole(found),
    nameTaken: rows.some(row => row.name === name && !ours.includes(row)),
  };
}
