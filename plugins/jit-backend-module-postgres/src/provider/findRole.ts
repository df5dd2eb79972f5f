import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { Session } from '../connection/Session';
import { isOurs, MARK_PREFIX, parseMark } from '../mark/RoleMark';
import { RoleLeaseContext } from './types';

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
  /** Whether another role has the lease's name: not ours, never touched. */
  nameTaken: boolean;
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
 * Finds the lease's role by our mark, whatever its name is now; within a transaction.
 *
 * @throws JitProviderError `misconfigured` when the role that we made is there and has lost its mark
 */
export async function findRole(
  session: Session,
  ctx: RoleLeaseContext,
): Promise<FoundRole> {
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
    [
      ctx.externalName,
      ctx.handle?.oid ?? 0,
      MARK_PREFIX,
      JSON.stringify(ctx.lease.id),
    ],
  );
  const ours = rows.filter(row => {
    const mark = parseMark(row.comment);
    return mark && isOurs(mark, ctx.mark) && mark.leaseId === ctx.lease.id;
  });
  const unmarked = rows.find(
    row => Number(row.oid) === ctx.handle?.oid && !ours.includes(row),
  );
  if (unmarked) {
    throw JitProviderError.misconfigured(
      `Role '${unmarked.name}' was made for this lease, but its comment is no longer our mark: restore the comment, or drop the role by hand.`,
    );
  }
  const found = ours.find(row => row.name === ctx.externalName) ?? ours[0];
  return {
    role: found && toRole(found),
    nameTaken: rows.some(
      row => row.name === ctx.externalName && !ours.includes(row),
    ),
  };
}
