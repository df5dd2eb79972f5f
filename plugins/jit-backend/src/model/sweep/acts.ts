import { EndReason } from '@backstage-jit/plugin-jit-common';
import { Draft } from '../../leases/Draft';
import { LeaseRecord } from '../../leases/records';
import {
  Orphan,
  orphanEntitlement,
  orphanLease,
} from '../../reconcile/orphanLease';
import { Broken } from '../Broken';
import { Configuration } from '../Configuration';
import { LeaseSlot, ModelState } from '../ModelState';
import { Moment } from '../Moment';
import { IDS, newEntitlement, newLease, SOMEONE } from '../rows';
import { unlessRefused } from '../unlessRefused';
import { Deed } from './Sweep';
import { adoptedOnlyByWord, endedOnlyWhenGone } from './sweepInvariants';

const ORPHAN: Orphan = {
  connection: 'system',
  provider: 'model.thing',
  kind: 'access',
  externalName: 'jit_thing',
  leaseId: IDS[0],
  identity: 'ours',
};

/** The write of a pass, as its transaction guards it. The state given is changed. */
export function act(
  state: ModelState,
  deed: Deed,
  { rules, configuration, base }: Moment,
): Broken | undefined {
  switch (deed) {
    case 'end':
      return endGhost(state, rules);
    case 'takeBack':
      sendBack(state, configuration, {
        from: 'revoked',
        reason: 'resurrected',
      });
      return undefined;
    default:
      adopt(state, configuration);
      return adoptedOnlyByWord(base);
  }
}

function endGhost(
  state: ModelState,
  rules: Moment['rules'],
): Broken | undefined {
  const [lease] = state.leases;
  if (typeof lease === 'string' || lease.state !== 'active') {
    return undefined;
  }
  const wish = unlessRefused(() =>
    rules.askForEnd(lease, {
      actor: SOMEONE,
      now: state.now,
      reason: 'removed-outside',
    }),
  );
  if (!wish) {
    return undefined;
  }
  state.leases[0] = wish.lease;
  state.nextAt = state.now;
  state.turnAt = state.now;
  return endedOnlyWhenGone(state);
}

/** As `resurrectLease` writes it: only when no entitlement is there, which would mean that a lease holds the thing by now. */
function sendBack(
  state: ModelState,
  configuration: Configuration,
  { from, reason }: { from: LeaseSlot; reason: EndReason },
): void {
  if (state.leases[0] !== from || state.entitlement) {
    return;
  }
  const entitlement = entitlementOf(configuration);
  const ended: LeaseRecord = {
    ...newLease(0, state.now, configuration),
    state: from === 'revoked' ? 'revoked' : 'lapsed',
  };
  const draft = new Draft({ entitlement, leases: [ended] }, SOMEONE);
  draft.beginRevoking(draft.leases[0], { reason, now: state.now });
  put(state, entitlement, draft.leases[0]);
}

/** The same of what was never granted; or as `adoptUnknown` writes it: only when the ledger still does not know the lease. */
function adopt(state: ModelState, configuration: Configuration): void {
  sendBack(state, configuration, { from: 'over', reason: 'orphaned' });
  if (state.leases[0] === 'unasked' && !state.entitlement) {
    const lease = orphanLease(ORPHAN, state.now);
    put(state, entitlementOf(configuration), lease);
  }
}

function put(
  state: ModelState,
  entitlement: NonNullable<ModelState['entitlement']>,
  lease: ModelState['leases'][0],
): void {
  state.entitlement = entitlement;
  state.leases[0] = lease;
  state.nextAt = state.now;
  state.turnAt = state.now;
}

function entitlementOf(configuration: Configuration) {
  const { id, shared } = newEntitlement(configuration);
  return orphanEntitlement(ORPHAN, { id, shared });
}
