import { Instant } from '../../../leases/records';
import { Columns } from '../../columns';

/** What a stop is about: everything that matches all of what is given. */
export interface StopScope {
  subject?: string;
  profileId?: string;
  connection?: string;
  entityRef?: string;
}

/** One row of the ledger: operators refuse new leases of a scope, until they lift it. */
export interface StopRecord extends StopScope {
  id: string;
  why: string;
  actor: string;
  createdAt: Instant;
  liftedAt?: Instant;
  liftedBy?: string;
}

export const stopColumns: Columns<StopRecord> = {
  id: ['id', 'text'],
  subject: ['subject', 'text'],
  profileId: ['profile_id', 'text'],
  connection: ['connection', 'text'],
  entityRef: ['entity_ref', 'text'],
  why: ['why', 'text'],
  actor: ['actor', 'text'],
  createdAt: ['created_at', 'number'],
  liftedAt: ['lifted_at', 'number'],
  liftedBy: ['lifted_by', 'text'],
};
