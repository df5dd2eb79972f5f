import { RequestChange } from '../../database/operations/requests/changeRequest';
import { RequestView } from '../../database/operations/requests/placeRequest';
import * as laterEnd from '../extension/outcomes';
import { RequestRecord } from '../RequestRecord';
import * as newLeases from './outcomes';

/** What becomes of a request with its leases, by what was decided about it. */
export interface Outcomes {
  stillWaiting: Outcome<typeof newLeases.stillWaiting>;
  allApproved: Outcome<typeof newLeases.allApproved>;
  closed: Outcome<typeof newLeases.closed>;
  roundAgain: Outcome<typeof newLeases.roundAgain>;
}

type Outcome<T extends (view: RequestView, options: never) => RequestChange> = (
  view: RequestView,
  options: Parameters<T>[1],
) => RequestChange;

/** Decided in the same way, with another effect: leases are granted, or end later. */
export function outcomesOf({ kind }: Pick<RequestRecord, 'kind'>): Outcomes {
  return kind === 'extend' ? laterEnd : newLeases;
}
