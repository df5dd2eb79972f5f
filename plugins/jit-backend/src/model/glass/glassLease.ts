import { LeaseRecord } from '../../leases/records';
import { PinnedProfile } from '../../policy';
import { RequestDraft } from '../../requests/RequestDraft';
import { RequestRecord } from '../../requests/RequestRecord';
import { NOW } from '../codes';
import { Configuration, DURATIONS, UNIT } from '../Configuration';
import { newLease, SOMEONE } from '../rows';
import { GlassRules } from './GlassRules';
import { CONTRACTORS, ON_CALL, TEAM } from './persons';

/** In units: how long after the end of a lease it has to be reviewed. */
const REVIEW_WITHIN = 1;

/** No more of it than what decides about who breaks the glass, and for how long. */
export const PROFILE = {
  v: 1,
  title: 'Profile',
  kind: 'access',
  eligible: [{ kind: 'group', ref: TEAM }],
  deny: [{ kind: 'group', ref: CONTRACTORS }],
  breakGlass: {
    groups: [ON_CALL],
    reviewWithinMs: REVIEW_WITHIN * UNIT,
  },
  durations: {
    maximumMs: DURATIONS.lease[0] * UNIT,
    defaultMs: DURATIONS.lease[0] * UNIT,
    choicesMs: [],
  },
  extension: { maximumMs: DURATIONS.extension * UNIT, times: 1 },
  protect: { maximumMs: DURATIONS.protection * UNIT },
  whenIneligible: 'end',
} as unknown as PinnedProfile;

/** Makes leases as the product does, in the names and times of the model, at its one instant. */
export function leaseMaker(options: {
  configuration: Configuration;
  rules: Pick<GlassRules, 'leaseOf'>;
}): LeaseMaker {
  const made = ([0, 1] as const).map(index =>
    [false, true].map(breakGlass => makeLease(index, breakGlass, options)),
  );
  return (index, breakGlass) => ({ ...made[index][breakGlass ? 1 : 0] });
}

export type LeaseMaker = (index: 0 | 1, breakGlass: boolean) => LeaseRecord;

function makeLease(
  index: 0 | 1,
  breakGlass: boolean,
  { configuration, rules }: Parameters<typeof leaseMaker>[0],
): LeaseRecord {
  const { lease } = rules.leaseOf({
    draft: {
      parts: [
        {
          provider: { id: 'model.thing' },
          durationMs: DURATIONS.lease[index] * UNIT,
          pinned: { hash: 'hash', content: PROFILE },
        },
      ],
    } as unknown as RequestDraft,
    index: 0,
    request: {
      requester: SOMEONE,
      subject: SOMEONE,
      breakGlass,
      requestedAt: NOW,
    } as RequestRecord,
    id: 'made',
    startsAt: NOW,
    copies: new Map(),
  });
  const { extensionsLeft, maximumLifeMs, protectMaximumMs } = lease;
  return {
    ...newLease(index, NOW, configuration),
    extensionsLeft,
    maximumLifeMs,
    protectMaximumMs,
    breakGlass: lease.breakGlass,
    reviewDueAt: lease.reviewDueAt,
  };
}
