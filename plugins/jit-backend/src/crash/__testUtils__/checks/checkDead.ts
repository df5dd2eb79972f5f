import { FakeCall, FakeThing } from '@backstage-jit/plugin-jit-test-utils';
import { PendingCall } from '../../../leases/records';
import { LedgerState } from '../readLedger';
import { partsOf } from './partsOf';

/** The operations of the contract, by the names that the ledger has for them. The first look after a removal leaves under the intent of that. */
const RECORDED: Record<string, PendingCall['operation'][]> = {
  grant: ['grant'],
  revoke: ['revoke'],
  inspect: ['inspect', 'look-before', 'revoke'],
  extend: ['extend'],
  issueCredentials: ['mint'],
};

/**
 * What has to be true when the only process is dead, before anybody repairs anything: nothing is outside that the ledger does not answer for, no
 * call was out whose intent is not there, and whoever has a lease has the thing.
 */
export function checkDead(
  state: LedgerState,
  outside: { things: FakeThing[]; calls: FakeCall[] },
): string[] {
  const byName = new Map(
    state.entitlements.map(each => [each.externalName, each]),
  );
  const problems: string[] = [];

  for (const { key, mark, externalName = '' } of outside.things) {
    if (mark && !byName.get(externalName)?.attempted) {
      problems.push(`${key} is outside, and the ledger knows of no attempt`);
    }
  }

  for (const call of outside.calls) {
    const { externalName, operation, leaseId, outcome } = call;
    if (outcome !== 'abandoned' || externalName === undefined) {
      continue;
    }
    const entitlement = byName.get(externalName);
    const pending = entitlement?.call;
    const isKnown =
      pending !== undefined &&
      pending.leaseId === leaseId &&
      RECORDED[operation].includes(pending.operation);
    if (!isKnown && entitlement?.fenceUntil === undefined) {
      problems.push(
        `${operation} of lease ${leaseId} was out without its intent in the ledger`,
      );
    }
  }

  const keys = new Map(outside.things.map(thing => [thing.key, thing]));
  for (const lease of state.leases) {
    const entitlement = state.entitlements.find(
      ({ id }) => id === lease.entitlementId,
    );
    if (lease.state !== 'active' || !entitlement) {
      continue;
    }
    for (const part of partsOf(lease, entitlement.externalName)) {
      const thing = keys.get(part);
      if (!thing) {
        problems.push(`Lease ${lease.id} is active, and ${part} is not there`);
      } else if (
        !entitlement.heldBefore &&
        thing.expiresAt! < lease.expiresAt!
      ) {
        problems.push(`${part} ends before its lease ${lease.id} does`);
      }
    }
  }
  return problems;
}
