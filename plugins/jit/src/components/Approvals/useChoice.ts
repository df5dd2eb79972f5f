import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { useState } from 'react';
import { InboxEntry, profilesOf } from './inboxEntries';

/** Which requests are decided at once. */
export interface Choice {
  /** All for the same profiles. */
  chosen: AccessRequest[];
  /** All that wait for the same profiles as the chosen ones. */
  alike: AccessRequest[];
  isChosen(request: AccessRequest): boolean;
  /** Whether there are others like it, and none of another kind is chosen. */
  canChoose(request: AccessRequest): boolean;
  /** Whether there are others like it. */
  hasAlike(request: AccessRequest): boolean;
  toggle(request: AccessRequest): void;
  choose(requests: AccessRequest[]): void;
  /** What is said to all of them. */
  comment: string;
  setComment(comment: string): void;
  /** The failure of each, from the last time that many were decided at once. */
  failures: ReadonlyMap<string, Error>;
  setFailures(failures: ReadonlyMap<string, Error>): void;
}

/** Many are decided at once only where all are for the same. */
export function useChoice(entries: InboxEntry[]): Choice {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [comment, setComment] = useState('');
  const [failures, setFailures] = useState<ReadonlyMap<string, Error>>(
    new Map(),
  );
  const waiting = entries
    .filter(entry => entry.waiting)
    .map(({ request }) => request);
  const chosen = waiting.filter(({ id }) => ids.has(id));
  const alikeTo = (request: AccessRequest) =>
    waiting.filter(each => profilesOf(each) === profilesOf(request));
  const hasAlike = (request: AccessRequest) => alikeTo(request).length > 1;

  return {
    chosen,
    alike: chosen.length ? alikeTo(chosen[0]) : [],
    isChosen: ({ id }) => ids.has(id),
    hasAlike,
    canChoose: request =>
      hasAlike(request) &&
      (!chosen.length || profilesOf(chosen[0]) === profilesOf(request)),
    toggle: ({ id }) =>
      setIds(before => {
        const after = new Set(before);
        if (!after.delete(id)) {
          after.add(id);
        }
        return after;
      }),
    choose: requests => setIds(new Set(requests.map(({ id }) => id))),
    comment,
    setComment,
    failures,
    setFailures,
  };
}
