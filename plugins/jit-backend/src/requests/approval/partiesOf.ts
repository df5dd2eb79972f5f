import { RequestRecord } from '../RequestRecord';
import { deciders, openStepOf } from './judge';

/** Somebody who has to do with the decision about a request. */
export interface Party {
  /** `open`: can decide now. `consent`: has to agree now. `named`: an approver, at any step. `decided`: has decided. */
  role: 'open' | 'consent' | 'named' | 'decided';
  /** A user or a group. */
  ref: string;
}

/** Everybody whom the steps of a request name, and what they can do with it now. */
export function partiesOf({
  state,
  steps,
}: Pick<RequestRecord, 'state' | 'steps'>): Party[] {
  const open = state === 'pending' ? openStepOf(steps) : undefined;
  const as = (role: Party['role'], refs: string[]) =>
    [...new Set(refs)].map(ref => ({ role, ref }));
  return [
    ...as(open?.consent ? 'consent' : 'open', open ? deciders(open) : []),
    ...as('named', steps.filter(({ consent }) => !consent).flatMap(deciders)),
    ...as(
      'decided',
      steps.flatMap(({ decisions }) => decisions.map(({ by }) => by)),
    ),
  ];
}
