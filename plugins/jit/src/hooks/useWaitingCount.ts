import { AccessRequest, Lease } from '@backstage-jit/plugin-jit-common';
import { rightsOn } from '../words';
import { useLive } from './useLive';
import { useMe } from './useMe';

/** More than that is only said to be more. */
const MOST_COUNTED = 100;

/** It is on every page of the portal, also of one whose backend does not answer. */
const PACE_MS = 60_000;

/** How many things wait for the reader, to be decided, agreed to or reviewed. Undefined while that is not known. */
export function useWaitingCount(): number | undefined {
  const me = useMe();
  const { value, error } = useLive({
    key: `waiting-count ${me}`,
    load: async (api, signal) => {
      const limit = MOST_COUNTED;
      const [requests, due] = await Promise.all([
        api.listRequests({ waitingFor: 'me', limit }, { signal }),
        api.listLeases({ reviewDue: true, limit }, { signal }),
      ]);
      return {
        count: countOf(requests.items, due.items, me),
        now: requests.now,
      };
    },
    everyMs: () => PACE_MS,
    afterFailureMs: PACE_MS,
  });

  return error ? undefined : value?.count;
}

function countOf(
  requests: AccessRequest[],
  due: Lease[],
  me: string | undefined,
): number {
  const reviews = due.filter(lease => rightsOn(lease, { me }).review);
  return requests.length + reviews.length;
}
