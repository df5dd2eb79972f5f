import { JsonObject, JsonValue } from '@backstage/types';
import { Request } from 'express';

const notes = new WeakMap<Request, JsonObject>();

/** Adds to what the auditor is told of a call when it is over. Never a secret. */
export function noteForAudit(
  req: Request,
  note: Record<string, JsonValue | undefined>,
): void {
  notes.set(req, { ...notes.get(req), ...note });
}

/** Everything that was noted of a call. */
export function notesOf(req: Request): JsonObject {
  return notes.get(req) ?? {};
}
