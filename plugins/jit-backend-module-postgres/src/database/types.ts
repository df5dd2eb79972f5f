import {
  ConnectionContext,
  LeaseContext,
  ProviderHandle,
} from '@backstage-jit/plugin-jit-node';
import { PostgresConnection } from '../connection/connectionSchema';
import { SessionFactory } from '../connection/openSession';
import { LongStatements } from './LongStatements';
import { DatabaseParams } from './paramsSchema';

/** What is kept between steps. By them, things are known after their names are gone. */
export interface DatabaseHandle extends ProviderHandle {
  v: 1;
  /** Oid of the role that owns the database. */
  keeper?: number;
  /** Oid of the login role that owns what is in it. */
  owner?: number;
  /** Oid of the database. */
  database?: number;
}

export type DatabaseLeaseContext = LeaseContext<
  DatabaseParams,
  DatabaseHandle,
  PostgresConnection
>;

export type DatabaseConnectionContext = ConnectionContext<PostgresConnection>;

/** A call: what it is about, how its sessions are opened, and the statements that outlast a call. */
export interface DatabaseCall {
  ctx: DatabaseLeaseContext;
  openSession: SessionFactory;
  long: LongStatements;
}

export interface DatabaseConnectionCall {
  ctx: DatabaseConnectionContext;
  openSession: SessionFactory;
}
