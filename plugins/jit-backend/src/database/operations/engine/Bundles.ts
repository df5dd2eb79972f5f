import { LeaseRecord } from '../../../leases/records';
import { fromRow } from '../../columns';
import { Ledger } from '../../Ledger';
import { leaseColumns, TABLES } from '../../tables';

/** The bundles that the leases of one commit belong to, as the turns of that commit see and change them. */
export class Bundles {
  /** By request. */
  private readonly parts = new Map<string, Map<string, LeaseRecord>>();

  /** Must run under the locks of the entitlements of all parts. */
  static async read({ knex }: Ledger, leases: LeaseRecord[]): Promise<Bundles> {
    const bundles = new Bundles();
    const requestIds = new Set(
      leases.flatMap(({ bundle, requestId }) => (bundle ? requestId : [])),
    );
    if (requestIds.size) {
      const rows = await knex(TABLES.leases)
        .whereIn('request_id', [...requestIds])
        .whereNotNull('bundle')
        .orderBy('id');
      for (const row of rows) {
        bundles.put(fromRow(leaseColumns, row));
      }
    }
    return bundles;
  }

  /** The other parts of the leases' bundles: those that are not among the leases. */
  otherPartsOf(leases: LeaseRecord[]): LeaseRecord[] {
    const own = new Set(leases.map(lease => lease.id));
    const requestIds = new Set(leases.map(lease => lease.requestId));
    return [...requestIds]
      .flatMap(requestId => [...(this.parts.get(requestId)?.values() ?? [])])
      .filter(part => !own.has(part.id));
  }

  /** A later turn of the same commit sees what this one decided. */
  put(lease: LeaseRecord): void {
    const { bundle, requestId, id } = lease;
    if (bundle) {
      const parts = this.parts.get(requestId) ?? new Map();
      this.parts.set(requestId, parts.set(id, lease));
    }
  }
}
