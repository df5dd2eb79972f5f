import {
  FINAL_LEASE_STATES,
  LeaseKind,
  LeaseQuery,
  LeaseState,
} from '@backstage-jit/plugin-jit-common';
import { Search } from './useSearch';

export const LEASE_STATES = [
  'requested',
  'approved',
  'granting',
  'active',
  'revoking',
  'revoked',
  'denied',
  'withdrawn',
  'lapsed',
] as const satisfies LeaseState[];

/** What the reader has narrowed the list down to. */
export interface LeaseFilter {
  kind?: LeaseKind;
  state?: LeaseState;
  /** An entity ref. */
  target?: string;
  /** An entity ref; for operators. */
  person?: string;
}

export function readFilter(search: Search): LeaseFilter {
  const kind = search.get('kind');
  const state = search.get('state');
  return {
    kind: kind === 'access' || kind === 'infrastructure' ? kind : undefined,
    state: LEASE_STATES.find(each => each === state),
    target: search.get('target') || undefined,
    person: search.get('person') || undefined,
  };
}

export function isFiltered(filter: LeaseFilter): boolean {
  return Object.values(filter).some(Boolean);
}

/** The query for the finished or the unfinished ones; undefined when the filter leaves none of them. */
export function queryOf(
  filter: LeaseFilter,
  options: { finished: boolean; mine: boolean },
): Omit<LeaseQuery, 'cursor' | 'limit'> | undefined {
  const { kind, state, target, person } = filter;
  const states = LEASE_STATES.filter(
    each =>
      FINAL_LEASE_STATES.includes(each) === options.finished &&
      (!state || state === each),
  );
  if (!states.length) {
    return undefined;
  }
  return {
    state: states,
    ...(kind && { kind }),
    ...(target && { entityRef: target }),
    ...(options.mine ? { subject: 'me' } : person && { subject: person }),
  };
}
