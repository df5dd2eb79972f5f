import { LeaseKind } from '@backstage-jit/plugin-jit-common';
import { randomUUID } from 'node:crypto';
import { EntitlementRecord, LeaseRecord } from '../../../leases/records';
import { toRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { entitlementColumns, leaseColumns, TABLES } from '../../tables';
import { inTransaction } from '../../transaction';
import { insertEvents } from '../events/insertEvents';

/** Stands where nobody is known any more. */
const NOBODY = 'system:unknown';

/**
 * Makes a lease, straight in `revoking`, for a thing that carries this ledger's mark and that the ledger does not know, so that it is taken back
 * like any other: with retries, verified, in the trail.
 */
export async function adoptUnknown(
  ledger: Ledger,
  options: {
    connection: string;
    provider: string;
    kind: LeaseKind;
    externalName: string;
    /** As the thing's mark has it. */
    leaseId: string;
    identity: string;
    actor: string;
  },
): Promise<void> {
  const { connection, provider, kind, externalName, leaseId } = options;
  await inTransaction(ledger, async tx => {
    const { knex, clock, chain } = tx;
    const now = await clock.now(knex);
    const entitlement: EntitlementRecord = {
      id: leaseId,
      connection,
      provider,
      shared: false,
      externalName,
      heldBefore: false,
      attempted: true,
      identity: options.identity,
      removal: 'revoke',
    };
    const inserted = await knex(TABLES.entitlements)
      .insert({
        ...toRow(entitlementColumns, entitlement),
        next_at: now,
        turn_at: now,
      })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (!inserted.length) {
      return;
    }
    const lease: LeaseRecord = {
      id: leaseId,
      requestId: randomUUID(),
      entitlementId: leaseId,
      kind,
      state: 'revoking',
      version: 1,
      profileId: 'unknown',
      profileTitle: 'Found outside, unknown to the ledger',
      profileHash: 'unknown',
      provider,
      connection,
      parameters: {},
      requester: NOBODY,
      subject: NOBODY,
      durationMs: 0,
      grantWithinMs: 0,
      extensionsLeft: 0,
      maximumLifeMs: 0,
      requestedAt: now,
      startsAt: now,
      endedAt: now,
      endReason: 'orphaned',
      attempts: 0,
      nextActionAt: now,
      eventSequence: 0,
      eventHead: '',
    };
    const events = chain.append(
      lease,
      [
        {
          leaseId,
          type: 'lease.orphaned',
          actor: options.actor,
          to: 'revoking',
        },
      ],
      now,
    );
    await knex(TABLES.leases).insert(toRow(leaseColumns, lease));
    await insertEvents(tx, events);
  });
}
