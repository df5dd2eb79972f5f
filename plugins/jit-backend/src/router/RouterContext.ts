import { Lease } from '@backstage-jit/plugin-jit-common';
import { RequestView } from '../database/operations/requests/placeRequest';
import { ActivityReports } from '../leases/ActivityReports';
import { LeaseService } from '../leases/LeaseService';
import { Instant, LeaseRecord } from '../leases/records';
import { StuckRules } from '../leases/stuck';
import { toLease } from '../leases/toLease';
import { OperationsService } from '../operations/OperationsService';
import { CallerFactory } from '../rights/CallerFactory';
import { RequestService } from '../requests/RequestService';
import { toAccessRequest } from '../requests/toAccessRequest';
import { Http } from './Http';

/** What the routes are made of. */
export interface RouterContext {
  callers: CallerFactory;
  http: Http;
  requests: RequestService;
  leases: LeaseService;
  activity: ActivityReports;
  operations: OperationsService;
  stuck: StuckRules;
}

/** Shows leases by one set of rules. */
export function leaseView(
  { stuck }: Pick<RouterContext, 'stuck'>,
  now: Instant,
): (record: LeaseRecord) => Lease {
  return record => toLease(record, now, stuck);
}

/** A request with its leases, as the API shows them. */
export function requestView(
  context: Pick<RouterContext, 'stuck'>,
  view: RequestView,
  now: Instant,
): object {
  return {
    request: toAccessRequest(view),
    leases: view.leases.map(leaseView(context, now)),
  };
}
