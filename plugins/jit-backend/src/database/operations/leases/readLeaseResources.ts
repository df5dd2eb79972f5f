import { JitLeaseResource } from '@backstage-jit/plugin-jit-node';
import { Ledger } from '../../Ledger';
import { TABLES } from '../../tables';
import { partiesOfExtensions } from '../requests/partiesOfExtensions';

/** Leases by their ids, as the rules of permission policies see them. What does not exist is not in the answer. */
export async function readLeaseResources(
  { knex }: Ledger,
  options: { ids: string[] },
): Promise<Map<string, JitLeaseResource>> {
  const { leases, targetOwners, parties } = TABLES;
  const { ids } = options;
  const rows = await knex(leases)
    .select('id', 'requester', 'subject', 'profile_id', 'kind')
    .whereIn('id', ids);
  const owners: Array<{ id: string; ref: string }> = await knex(leases)
    .join(targetOwners, join =>
      join
        .on(`${targetOwners}.profile_id`, `${leases}.profile_id`)
        .andOn(`${targetOwners}.entity_ref`, `${leases}.entity_ref`),
    )
    .select(`${leases}.id`, `${targetOwners}.ref`)
    .whereIn(`${leases}.id`, ids);
  const approvers: Array<{ id: string; ref: string }> = await knex(leases)
    .join(parties, `${parties}.request_id`, `${leases}.request_id`)
    .select(`${leases}.id`, `${parties}.ref`)
    .whereIn(`${leases}.id`, ids)
    .where(`${parties}.role`, 'named');
  const ofLaterEnds: typeof approvers = await partiesOfExtensions(knex)
    .select('lease_id as id', 'ref')
    .whereIn('lease_id', ids)
    .where('role', 'named');
  const refsOf = (found: typeof owners, id: string) =>
    found.filter(each => each.id === id).map(({ ref }) => ref);
  return new Map(
    rows.map(row => [
      row.id,
      {
        requester: row.requester,
        subject: row.subject,
        profileId: row.profile_id,
        kind: row.kind,
        targetOwners: refsOf(owners, row.id),
        approvers: refsOf([...approvers, ...ofLaterEnds], row.id),
      },
    ]),
  );
}
