import { RequestView } from '../../database/operations/requests/placeRequest';

/** The leases as `asked` has them. */
export function inAskedOrder({ request, leases }: RequestView): RequestView {
  const order = request.asked?.leaseIds;
  return {
    request,
    leases: order
      ? [...leases].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
      : leases,
  };
}
