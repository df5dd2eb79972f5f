/** How the auditor is told of a call. Every operation of the API has one, see `docs/audit.md`. */
export interface AuditedCall {
  eventId: string;
  /** `low` only looks, `medium` changes what is the caller's, `high` gives somebody something or changes it for others. */
  severityLevel: 'low' | 'medium' | 'high';
  /** Fields of the body that are told as well. Never one that could hold a secret. */
  tells?: string[];
  /** The call has no caller that Backstage knows. */
  anonymous?: boolean;
}

/** A call that only looks. */
export function looks(eventId: string): AuditedCall {
  return { eventId, severityLevel: 'low' };
}

/** A call that changes what is the caller's own. */
export function changes(eventId: string, ...tells: string[]): AuditedCall {
  return { eventId, severityLevel: 'medium', tells };
}

/** A call that gives something out, decides for others, or changes things for everybody. */
export function decides(eventId: string, ...tells: string[]): AuditedCall {
  return { eventId, severityLevel: 'high', tells };
}
