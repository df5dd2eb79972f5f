import { escapeIdentifier, escapeLiteral } from 'pg';

/** What PostgreSQL keeps of a name; it cuts the rest off without an error, and the cut name may be another's. */
export const MAX_NAME_BYTES = 63;

/** Whether PostgreSQL can hold this as a name, whole. */
export function isName(value: string): boolean {
  return (
    value.length > 0 &&
    !value.includes('\0') &&
    Buffer.byteLength(value, 'utf8') <= MAX_NAME_BYTES
  );
}

/**
 * A name as it stands in a statement.
 *
 * @throws when PostgreSQL would cut it: it would then name something else
 */
export function ident(name: string): string {
  if (!isName(name)) {
    throw new Error('Not a name that PostgreSQL can hold');
  }
  return escapeIdentifier(name);
}

/** A text as it stands in a statement that takes no parameters. */
export function literal(text: string): string {
  if (text.includes('\0')) {
    throw new Error('Not a text that PostgreSQL can hold');
  }
  return escapeLiteral(text);
}

/** An instant as it stands in a statement. */
export function timestamp(epochMs: number): string {
  return literal(new Date(epochMs).toISOString());
}
