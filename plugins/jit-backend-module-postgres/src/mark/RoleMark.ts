import { OwnershipMark } from '@backstage-jit/plugin-jit-node';

/** Before the JSON, so that people and `LIKE` see whose comment it is. */
export const MARK_PREFIX = 'backstage-jit ';

/** What the comment of a role of ours says. Everybody who may log in can read it, and only an admin can change it. */
export interface RoleMark extends OwnershipMark {
  v: 1;
  leaseId: string;
  /** The name the role was made under: somebody may rename it. */
  externalName: string;
}

export function formatMark(mark: RoleMark): string {
  const { v, installation, ledgerId, leaseId, externalName } = mark;
  return (
    MARK_PREFIX +
    JSON.stringify({ v, installation, ledgerId, leaseId, externalName })
  );
}

/** The mark of a comment; undefined for a comment that is not ours to read. */
export function parseMark(comment: string | null): RoleMark | undefined {
  if (!comment?.startsWith(MARK_PREFIX)) {
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(comment.slice(MARK_PREFIX.length));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { v, installation, ledgerId, leaseId, externalName } =
    value as Partial<RoleMark>;
  const texts = [installation, ledgerId, leaseId, externalName];
  return v === 1 && texts.every(text => typeof text === 'string')
    ? (value as RoleMark)
    : undefined;
}

export function isOurs(mark: RoleMark, ours: OwnershipMark): boolean {
  return (
    mark.installation === ours.installation && mark.ledgerId === ours.ledgerId
  );
}
