import { Knex } from 'knex';
import { EventChain } from '../events/EventChain';
import { DatabaseClock } from './DatabaseClock';

/**
 * What every operation on the ledger needs. `knex` may be a transaction.
 *
 * Locks are taken in one order by everybody: connections, then entitlements, then leases, each by id; else two replicas wait for each other.
 */
export interface Ledger {
  knex: Knex;
  clock: DatabaseClock;
  chain: EventChain;
}
