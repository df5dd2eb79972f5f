import {
  ConnectionContext,
  LeaseContext,
  ProviderHandle,
} from '@backstage-jit/plugin-jit-node';
import { AwsCall } from '../connection/ask';
import { AwsConnection } from '../connection/connectionSchema';
import { StsParams } from './paramsSchema';

/** The keys that may be out of one lease. Instants are epoch milliseconds. */
export interface LeaseKeys {
  /** When the last of them were asked for, by the ledger's clock. */
  intendedAt: number;
  /** When the last of them are of no use any more by themselves. */
  usableUntil: number;
}

export interface StsHandle extends ProviderHandle {
  v: 1;
  /** Whether the role could be edited when the lease was granted, so that its keys can be ended early. */
  editable: boolean;
  /** Committed before keys are made; not there before the first. */
  keys?: LeaseKeys;
  /** When their denial was put, by AWS's clock. */
  deniedAt?: number;
}

export type StsLeaseContext = LeaseContext<StsParams, StsHandle, AwsConnection>;

export type StsConnectionContext = ConnectionContext<AwsConnection>;

/** A call about a lease. */
export interface StsCall extends AwsCall {
  ctx: StsLeaseContext;
}
