import { LeaseRecord } from '../../../leases/records';
import { RequestRecord } from '../../../requests/RequestRecord';
import { Ledger } from '../../Ledger';
import { readLeases } from '../leases/readLeases';
import { readLeasesOfRequests } from '../leases/readLeasesOfRequests';
import { RequestView } from './placeRequest';

/** @returns requests with their leases, or those whose later end they are about, in the order of the requests */
export async function readViews(
  ledger: Ledger,
  requests: RequestRecord[],
): Promise<RequestView[]> {
  const own = await readLeasesOfRequests(ledger, {
    requestIds: requests.flatMap(({ id, kind }) => (kind === 'new' ? id : [])),
  });
  const extended = await readLeases(ledger, {
    ids: requests.flatMap(extendedBy),
  });
  return requests.map(request => ({
    request,
    leases:
      request.kind === 'new'
        ? own.filter(lease => lease.requestId === request.id)
        : inOrder(extendedBy(request), extended),
  }));
}

/** The leases that a request would have end later. */
function extendedBy({ kind, asked, extendsLeaseId }: RequestRecord): string[] {
  return kind === 'extend'
    ? asked?.leaseIds ?? (extendsLeaseId ? [extendsLeaseId] : [])
    : [];
}

function inOrder(ids: string[], leases: LeaseRecord[]): LeaseRecord[] {
  return ids.flatMap(id => leases.find(lease => lease.id === id) ?? []);
}
