import { OwnershipMark } from '@backstage-jit/plugin-jit-node';

/**
 * Before the JSON, so that people and `LIKE` see whose comment it is. One a kind of thing, so that each provider finds its own alone;
 * none is the beginning of another.
 */
export const MARK_PREFIXES = {
  /** The login role of a lease on existing roles. */
  role: 'backstage-jit ',
  /** A lease's own database, and the login role that owns what is in it. */
  database: 'backstage-jit-database ',
  /** The role that owns such a database itself. */
  keeper: 'backstage-jit-keeper ',
} as const;

export type MarkKind = keyof typeof MARK_PREFIXES;

/** What the comment of a thing of ours says. Everybody who may log in can read it. */
export interface LeaseMark extends OwnershipMark {
  v: 1;
  leaseId: string;
  /** The name the lease's things were made under: somebody may rename them. */
  externalName: string;
}

export function formatMark(kind: MarkKind, mark: LeaseMark): string {
  const { v, installation, ledgerId, leaseId, externalName } = mark;
  return (
    MARK_PREFIXES[kind] +
    JSON.stringify({ v, installation, ledgerId, leaseId, externalName })
  );
}

/** The mark of a comment; undefined for a comment that is not a mark of that kind. */
export function parseMark(
  kind: MarkKind,
  comment: string | null,
): LeaseMark | undefined {
  const prefix = MARK_PREFIXES[kind];
  if (!comment?.startsWith(prefix)) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(comment.slice(prefix.length));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { v, installation, ledgerId, leaseId, externalName } =
    value as Partial<LeaseMark>;
  const texts = [installation, ledgerId, leaseId, externalName];
  return v === 1 && texts.every(text => typeof text === 'string')
    ? (value as LeaseMark)
    : undefined;
}

export function isOurs(mark: LeaseMark, ours: OwnershipMark): boolean {
  return (
    mark.installation === ours.installation && mark.ledgerId === ours.ledgerId
  );
}
