import { InputError } from '@backstage/errors';
import {
  LeaseQuery,
  RequestDecision,
  RequestQuery,
} from '@backstage-jit/plugin-jit-common';
import { LeaseFilter } from '../database/operations/leases/listLeases';
import { RequestFilter } from '../database/operations/requests/listRequests';
import { decodeCursor, PageOptions } from '../database/page';
import { Instant } from '../leases/records';
import { StuckRules } from '../leases/stuck';
import { readEntityRef } from '../policy';
import { isStorableText } from '../policy/text';
import { Caller } from '../rights/Caller';

const DEFAULT_LIMIT = 50;

/** @throws InputError naming the parameter */
export function readLeaseFilter(
  query: LeaseQuery,
  caller: Caller,
  rules: StuckRules,
): LeaseFilter {
  const { stuck } = query;
  return {
    states: query.state,
    kind: query.kind,
    entityRef: readOptionalRef(query.entityRef, 'entityRef'),
    requester: readPerson(query.requester, 'requester', caller),
    subject: readPerson(query.subject, 'subject', caller),
    profileId: readName(query.profileId, 'profileId'),
    connection: readName(query.connection, 'connection'),
    requestId: readName(query.requestId, 'requestId'),
    reviewDue: query.reviewDue,
    from: readInstant(query.from),
    to: readInstant(query.to),
    stuck: stuck === undefined ? undefined : { stuck, rules },
  };
}

/** @throws InputError naming the parameter */
export function readRequestFilter(
  query: RequestQuery,
  caller: Caller,
): RequestFilter {
  return {
    states: query.state,
    requester: readPerson(query.requester, 'requester', caller),
    subject: readPerson(query.subject, 'subject', caller),
  };
}

/** @throws InputError naming the field */
export function readDecision(body: RequestDecision): RequestDecision {
  const { startsAt } = body;
  return {
    ...body,
    comment: readName(body.comment?.trim(), 'comment') || undefined,
    // The validator may have made a date of it.
    ...(startsAt !== undefined && {
      startsAt: new Date(startsAt).toISOString(),
    }),
  };
}

/** @throws InputError for a cursor that no page gave out */
export function readPage(query: {
  cursor?: string;
  limit?: number;
}): PageOptions {
  const { cursor, limit = DEFAULT_LIMIT } = query;
  return {
    limit,
    after: cursor === undefined ? undefined : decodeCursor(cursor),
  };
}

/** @throws InputError naming the parameter */
export function readOptionalRef(
  value: string | undefined,
  field: string,
): string | undefined {
  return value === undefined ? undefined : readEntityRef(value, field);
}

/** The validator may have made a date of it. */
export function readInstant(
  value: string | Date | undefined,
): Instant | undefined {
  return value === undefined ? undefined : new Date(value).getTime();
}

function readPerson(
  value: string | undefined,
  field: string,
  caller: Caller,
): string | undefined {
  return value === 'me'
    ? caller.demandUser('be meant by me')
    : readOptionalRef(value, field);
}

/** @throws InputError for what no database can compare with */
export function readName(
  value: string | undefined,
  field: string,
): string | undefined {
  if (value !== undefined && !isStorableText(value)) {
    throw new InputError(`${field} has control or broken characters in it`);
  }
  return value;
}
