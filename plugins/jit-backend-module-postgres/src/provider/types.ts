import {
  ConnectionContext,
  LeaseContext,
  ProviderHandle,
} from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { SessionFactory } from '../connection/openSession';
import { RoleParams } from './paramsSchema';

/** What is kept between steps. */
export interface RoleHandle extends ProviderHandle {
  v: 1;
  /** By it, sessions of a role are known after its name is gone. */
  oid: number;
}

export type RoleLeaseContext = LeaseContext<
  RoleParams,
  RoleHandle,
  PostgresConnection
>;

export type RoleConnectionContext = ConnectionContext<PostgresConnection>;

/** A call: what it is about, and how its sessions are opened. */
export interface RoleCall {
  ctx: RoleLeaseContext;
  openSession: SessionFactory;
}

export interface ConnectionCall {
  ctx: RoleConnectionContext;
  openSession: SessionFactory;
}
