import { Lease } from '@backstage-jit/plugin-jit-common';
import { RequestView } from '../database/operations/requests/placeRequest';
import { ActivityReports } from '../leases/ActivityReports';
import { LeaseService } from '../leases/LeaseService';
import { Instant, LeaseRecord } from '../leases/records';
import { StuckRules } from '../leases/stuck';
import { toLease } from '../leases/toLease';
import { OperationsService } from '../operations/OperationsService';
import { CallerFactory } from '../rights/CallerFactory';
import { ExtensionRequests } from '../requests/extension/ExtensionRequests';
import { isOver } from '../requests/extension/outcomes';
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
  /** What people could approve of a lease. */
  extensions: Pick<ExtensionRequests, 'approvable'>;
}

/** What the API shows leases by. */
type LeaseRules = Pick<RouterContext, 'stuck' | 'extensions'>;

/** Shows leases by one set of rules. */
export function leaseView(
  { stuck, extensions }: LeaseRules,
  now: Instant,
): (record: LeaseRecord) => Lease {
  return record => {
    const approvable = isOver(record, now)
      ? undefined
      : extensions.approvable(record);
    return {
      ...toLease(record, now, stuck),
      ...(approvable &&
        'upToMs' in approvable && {
          extensibleByApprovalMs: approvable.upToMs,
        }),
    };
  };
}

/** A request with its leases, as the API shows them. */
export function requestView(
  context: LeaseRules,
  view: RequestView,
  now: Instant,
): object {
  return {
    request: toAccessRequest(view),
    leases: view.leases.map(leaseView(context, now)),
  };
}
