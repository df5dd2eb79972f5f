import { NotFoundError } from '@backstage/errors';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The answer for a lease that does not exist, and for somebody else's. */
export function noSuchLease(id: string): NotFoundError {
  return new NotFoundError(`There is no lease ${id}`);
}

/** Whether it can be the id of a lease, a request or a stop: nothing else is asked of the database. */
export function isId(id: string): boolean {
  return UUID.test(id);
}
