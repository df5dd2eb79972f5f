import { isId } from '../../../leases/leaseId';
import { canonicalJson } from '../../../policy/pinProfile';
import { LastCopy } from '../../../requests/leaseOf';
import { RequestedPart } from '../../../requests/RequestDraft';
import { Ledger } from '../../Ledger';
import { fromRow } from '../../columns';
import { isUnfinishedRow } from '../../phases';
import { leaseColumns, TABLES } from '../../tables';

/**
 * Finds the last copy that a part of a request takes over: of the same subject, and of the same profile on the same thing. Its entitlement stays
 * locked until the commit, so that the copy is not removed, nor taken by another, meanwhile.
 *
 * @returns undefined when there is none for this part
 */
export async function findCopy(
  { knex, clock }: Ledger,
  options: { subject: string; part: RequestedPart },
): Promise<LastCopy | undefined> {
  const { subject, part } = options;
  const { content } = part.pinned;
  const { restores = '' } = part;
  const row =
    isId(restores) &&
    (await knex(TABLES.leases).where({ id: restores }).first());
  if (!row) {
    return undefined;
  }
  const { entitlementId } = fromRow(leaseColumns, row);
  // What was read before the lock may be over. SQLite lets one at a time in anyway.
  await knex(TABLES.entitlements)
    .where({ id: entitlementId })
    .select('id')
    .forUpdate();
  const unfinished = await knex(TABLES.leases)
    .where({ entitlement_id: entitlementId })
    .where(isUnfinishedRow(knex));
  const now = await clock.now(knex);
  const [kept, ...others] = unfinished.map(each => fromRow(leaseColumns, each));
  const isIt =
    others.length === 0 &&
    kept?.id === restores &&
    kept.state === 'revoking' &&
    (kept.keptUntil ?? 0) > now &&
    kept.subject === subject &&
    kept.profileId === content.profileId &&
    kept.provider === content.provider &&
    kept.connection === content.connection &&
    kept.entityRef === part.entityRef &&
    canonicalJson(kept.parameters) === canonicalJson(content.parameters);
  return isIt ? { entitlementId, keepMs: kept.keepMs } : undefined;
}
