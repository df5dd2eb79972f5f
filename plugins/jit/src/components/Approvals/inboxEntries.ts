import { AccessRequest } from '@backstage-jit/plugin-jit-common';

/** A request as the reader last saw it waiting. */
export interface InboxEntry {
  request: AccessRequest;
  /** False once it no longer waits for the reader: decided, withdrawn, lapsed, or somebody else's turn. */
  waiting: boolean;
}

/**
 * What the reader has seen and not put away, those that wait longest first: what is decided stays until its reader has read what became of it, and nothing jumps.
 */
export function mergeEntries(
  before: InboxEntry[],
  waiting: AccessRequest[],
): InboxEntry[] {
  const entries = new Map(
    before.map(({ request }) => [request.id, { request, waiting: false }]),
  );
  for (const request of waiting) {
    entries.set(request.id, { request, waiting: true });
  }
  return [...entries.values()].sort(
    (a, b) =>
      Date.parse(a.request.requestedAt) - Date.parse(b.request.requestedAt),
  );
}

/** What it asks for, as config names it. Requests that are alike can be decided at once. */
export function profilesOf({ asked = [], ...request }: AccessRequest): string {
  const profiles = asked.map(({ profileId }) => profileId).join(' ');
  return request.extends ? `later end: ${profiles}` : profiles;
}

/** The same as people call it. */
export function titleOf({ asked = [] }: AccessRequest): string {
  return asked.map(({ profileTitle }) => profileTitle).join(', ');
}

/** How long the longest of it would last, in milliseconds. */
export function lengthOf({ asked = [] }: AccessRequest): number {
  return Math.max(0, ...asked.map(({ durationMs }) => durationMs));
}
