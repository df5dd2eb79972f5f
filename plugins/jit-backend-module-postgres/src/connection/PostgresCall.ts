import { LeaseContext, ProviderHandle } from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from './connectionSchema';
import { SessionFactory } from './openSession';

/** A call about one lease, of whichever provider: what it is about, and how its sessions are opened. */
export interface PostgresCall {
  ctx: LeaseContext<unknown, ProviderHandle, PostgresConnection>;
  openSession: SessionFactory;
}
