import { Instant } from '../../leases/records';
import { RequestRecord } from '../RequestRecord';
import { Narrowing } from './narrowing';
import { StepRecord } from './StepRecord';

// What becomes of a request itself, whatever it asks for.

/** Others are still to approve. Giving less than was asked for is something that the next one has to have seen. */
export function waitingRequest(
  request: RequestRecord,
  options: { steps: StepRecord[]; narrowing: Narrowing },
): RequestRecord {
  const { steps, narrowing } = options;
  const isNarrowed = Object.keys(narrowing).length > 0;
  return {
    ...request,
    steps,
    ...(isNarrowed && { revision: request.revision + 1, changes: undefined }),
  };
}

/** Nothing is left to decide. */
export function decidedRequest(
  request: RequestRecord,
  options: {
    as: 'approved' | 'denied' | 'withdrawn' | 'lapsed';
    steps?: StepRecord[];
    now: Instant;
  },
): RequestRecord {
  const { as, steps = request.steps, now } = options;
  return {
    ...request,
    state: as,
    steps,
    decidedAt: now,
    lapsesAt: undefined,
  };
}

/** The rules changed under it, and everybody who decides has to see that. */
export function changedRequest(
  request: RequestRecord,
  options: {
    steps: StepRecord[];
    changes: NonNullable<RequestRecord['changes']>;
    lapsesAt: Instant;
  },
): RequestRecord {
  const { steps, changes, lapsesAt } = options;
  const revision = request.revision + 1;
  return { ...request, steps, changes, lapsesAt, revision };
}
