import { ResponseError } from '@backstage/errors';
import { Lease } from '@backstage-jit/plugin-jit-common';
import { StepContext, StepServices } from './StepContext';
import { writeToLease } from './writeToLease';

/**
 * Asks for the end of a lease; of one that nobody has decided about, withdraws the request. One that has ended meanwhile is ended.
 *
 * @throws Error with the rule that refuses it, and what to do
 */
export async function askForEnd(
  ctx: StepContext,
  options: { lease: Lease; why: string; services: StepServices },
): Promise<void> {
  const { lease, why, services } = options;
  const { id, requestId } = lease;
  const { jit } = services;
  const undecided = lease.state === 'requested';
  try {
    await writeToLease<unknown>(ctx, {
      services,
      input: undecided ? { requestId } : { leaseId: id },
      what: `Lease ${id} was not ended`,
      write: as =>
        undecided
          ? jit.withdrawRequest(requestId, as)
          : jit.endLease(id, { why }, as),
    });
  } catch (error) {
    if (!isConflict(error)) {
      throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  const { cause } = error as Error;
  return cause instanceof ResponseError && cause.statusCode === 409;
}
