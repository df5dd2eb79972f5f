import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { createHash } from 'node:crypto';

const LENGTH = 12;

/** Both halves of the mark in a few characters, for names that AWS keeps short. */
export function markTag(mark: OwnershipMark): string {
  return createHash('sha256')
    .update(JSON.stringify([mark.installation, mark.ledgerId]))
    .digest('hex')
    .slice(0, LENGTH);
}

/**
 * The name of every session of a lease, which is its source identity too: no other lease has it, of this ledger or another one. At most 53 of AWS's
 * 64 characters.
 */
export function sessionName(options: {
  externalName: string;
  mark: OwnershipMark;
}): string {
  return `${options.externalName}-${markTag(options.mark)}`;
}
