import {
  EventDraft,
  EntitlementView,
  Instant,
  LeaseRecord,
} from '../../../leases/records';
import { isUnfinished } from '../../../leases/states';
import { fromRow, namesOf, Row } from '../../columns';
import { isPostgres } from '../../dialect';
import { Ledger } from '../../Ledger';
import { oneOf } from '../../conditions';
import { isUnfinishedRow } from '../../phases';
import { prepared } from '../../prepared';
import {
  entitlementColumns,
  leaseColumns,
  queuedColumns,
  TABLES,
} from '../../tables';
import { inTransaction } from '../../transaction';
import { Bundles } from './Bundles';
import { Claim } from './Claim';
import { entitlementsOfBundles } from './entitlementsOfBundles';
import { Pen } from './Pen';

/** What the ledger says around an entitlement when a decision about it is made. */
export interface TurnFacts {
  now: Instant;
  connection: ConnectionFacts;
}

/** The state of a connection that all replicas share. */
export interface ConnectionFacts {
  /** Set while it is left alone. */
  pausedUntil?: Instant;
  /** True while it is still recovering: a success is worth telling. */
  recovering: boolean;
}

/** What is written for a turn. */
export interface TurnWrite {
  view: EntitlementView;
  events: EventDraft[];
  /** When the entitlement is due again. */
  schedule: { nextAt?: Instant; turnAt?: Instant };
  /** True when a call follows, so that the claim is kept. */
  keepClaim: boolean;
}

/** One claimed entitlement that wants to write. */
export interface Turn {
  claim: Claim;
  /** Pure; sees the ledger as it is under lock. What it throws ends this turn alone, unwritten. */
  decide(view: EntitlementView, facts: TurnFacts): TurnWrite;
}

/** How a turn went: written, refused because the claim was lost, or ended by its own decision's error. */
export type TurnResult =
  | { type: 'written' }
  | { type: 'claim-lost' }
  | { type: 'failed'; error: unknown };

/**
 * Decides and writes for many claimed entitlements in one transaction, so that one durable commit serves them all. Each turn stands for
 * itself: one whose claim was lost writes nothing and does not disturb the others.
 */
export async function commitTurns(
  ledger: Ledger,
  options: { turns: Turn[]; claimLifeMs: number },
): Promise<TurnResult[]> {
  const bundled = options.turns.filter(({ claim }) => claim.bundled);
  return (
    (await tryTurns(ledger, options, idsOf(bundled))) ??
    // A part of a bundle joined a thing that is shared, since that was claimed.
    (await commitTurns(ledger, {
      ...options,
      turns: options.turns.map(({ claim, decide }) => ({
        claim: { ...claim, bundled: true },
        decide,
      })),
    }))
  );
}

/**
 * @param bundled - the entitlements on which parts of bundles are looked for before any lock is taken
 * @returns undefined when a part of a bundle was found that was not looked for: then nothing is decided or written
 */
async function tryTurns(
  ledger: Ledger,
  { turns, claimLifeMs }: { turns: Turn[]; claimLifeMs: number },
  bundled: string[],
): Promise<TurnResult[] | undefined> {
  const entitlementIds = idsOf(turns);
  return await inTransaction(ledger, async tx => {
    const ofBundles = bundled.length
      ? await entitlementsOfBundles(tx, { entitlementIds: bundled })
      : [];
    const locked = await lockEntitlements(tx, [
      ...entitlementIds,
      ...ofBundles,
    ]);
    const { leases, now } = await lockLeases(tx, entitlementIds);
    const all = [...leases.values()].flat();
    const bundles = await Bundles.read(tx, all);
    if (
      bundled.length < turns.length &&
      !bundles.otherPartsOf(all).every(part => isLocked(part, locked))
    ) {
      return undefined;
    }

    const pen = new Pen(tx, bundles, now, claimLifeMs);
    const results = turns.map(({ claim, decide }): TurnResult => {
      const row = locked.get(claim.entitlementId);
      if (row?.claim_token !== claim.token || Number(row.claim_until) <= now) {
        return { type: 'claim-lost' };
      }
      const before = leases.get(claim.entitlementId) ?? [];
      const otherParts = bundles.otherPartsOf(before);
      if (!otherParts.every(part => isLocked(part, locked))) {
        // It joined this very thing when its locks were not asked for. The next turn takes them.
        return { type: 'claim-lost' };
      }
      try {
        const view = {
          entitlement: fromRow(entitlementColumns, row),
          leases: before,
          otherParts,
        };
        const write = decide(view, {
          now,
          connection: connectionFacts(row, now),
        });
        pen.write(claim, fromRow(queuedColumns, row), view, write);
        return { type: 'written' };
      } catch (error) {
        return { type: 'failed', error };
      }
    });
    await pen.flush();
    return results;
  });
}

const QUEUED = namesOf(queuedColumns).map(name => `e.${name}`);
const LEASE = namesOf(leaseColumns);

type LockedRow = Row & {
  paused_until: number;
  failures: number;
  slots: number;
  concurrency: number;
};

/** What is finished has no entitlement that could be locked, and changes no more. */
function isLocked(
  { entitlementId, state }: LeaseRecord,
  locked: ReadonlyMap<string, LockedRow>,
): boolean {
  return !isUnfinished(state) || locked.has(entitlementId);
}

async function lockEntitlements(
  { knex }: Ledger,
  entitlementIds: string[],
): Promise<Map<string, LockedRow>> {
  const rows = await prepared<LockedRow>(
    knex,
    knex({ e: TABLES.entitlements })
      .join({ c: TABLES.connections }, 'c.name', 'e.connection')
      .where(oneOf(knex, 'e.id', entitlementIds))
      .orderBy('e.id')
      .select(
        ...QUEUED,
        'c.paused_until',
        'c.failures',
        'c.slots',
        'c.concurrency',
      )
      .modify(query => isPostgres(knex) && query.forUpdate('e')),
  );
  return new Map(rows.map(row => [String(row.id), row]));
}

/** The unfinished leases of some entitlements, with the instant at which they are ours. */
async function lockLeases(
  { knex, clock }: Ledger,
  entitlementIds: string[],
): Promise<{ leases: Map<string, LeaseRecord[]>; now: Instant }> {
  const unfinished = knex(TABLES.leases)
    .select(...LEASE)
    .where(isUnfinishedRow(knex))
    .orderBy('id');
  const now = clock.sql(knex);
  const rows = isPostgres(knex)
    ? // One thing after the other: asked for all at once, a server that has not seen the table yet reads whatever is unfinished.
      await prepared<Row>(
        knex,
        knex.raw(
          'select own.*, ? as now from unnest(?::text[]) as wanted(id), lateral ? as own',
          [
            now,
            [...new Set(entitlementIds)].sort(),
            unfinished.whereRaw('entitlement_id = wanted.id').forUpdate(),
          ],
        ),
      )
    : await unfinished
        .whereIn('entitlement_id', entitlementIds)
        .select({ now });
  const leases = new Map<string, LeaseRecord[]>();
  for (const row of rows) {
    const lease = fromRow(leaseColumns, row);
    const siblings = leases.get(lease.entitlementId) ?? [];
    siblings.push(lease);
    leases.set(lease.entitlementId, siblings);
  }
  return {
    leases,
    // Of the last: by then all of them were locked.
    now: Number(rows.at(-1)?.now ?? (await clock.now(knex))),
  };
}

function connectionFacts(row: LockedRow, now: Instant): ConnectionFacts {
  const pausedUntil = Number(row.paused_until);
  return {
    ...(pausedUntil > now && { pausedUntil }),
    recovering: row.failures > 0 || row.slots < row.concurrency,
  };
}

function idsOf(turns: Turn[]): string[] {
  return turns.map(turn => turn.claim.entitlementId);
}
