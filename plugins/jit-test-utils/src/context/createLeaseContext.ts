import {
  LeaseContext,
  OwnershipMark,
  ProviderConnection,
  ProviderHandle,
  ProviderLease,
} from '@backstage-jit/plugin-jit-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { randomBytes, randomUUID } from 'node:crypto';
import { RecordingLogger } from './RecordingLogger';

/** @public */
export interface LeaseContextOptions<
  TParams = unknown,
  THandle extends ProviderHandle = ProviderHandle,
  TConnection = unknown,
> {
  params: TParams;
  connection: ProviderConnection<TConnection>;
  lease?: Partial<ProviderLease>;
  handle?: THandle;
  /** A fresh one when not given. */
  externalName?: string;
  mark?: OwnershipMark;
  /** Epoch milliseconds; an hour from now when not given. */
  notAfter?: number;
  /** Besides the deadline's own. */
  signal?: AbortSignal;
  /** How far away the deadline is; a minute when not given. The context's signal is aborted then, as the engine does. */
  timeoutMs?: number;
  /** A {@link RecordingLogger} when not given. */
  logger?: LoggerService;
}

/**
 * A name as the engine makes them.
 *
 * @public
 */
export function createExternalName(): string {
  return `jit_${randomBytes(8).toString('hex')}`;
}

/**
 * A lease as the engine hands it to a provider.
 *
 * @public
 */
export function createProviderLease(
  lease?: Partial<ProviderLease>,
): ProviderLease {
  return {
    id: randomUUID(),
    subject: 'user:default/alice',
    requester: 'user:default/alice',
    entityRef: 'resource:default/orders-db',
    profileId: 'orders-read',
    ...lease,
  };
}

/** @public */
export const DEFAULT_MARK: OwnershipMark = {
  installation: 'acme-test',
  // One of its own for each test file: several may work on one peer at once, and each lists what is its.
  ledgerId: `ledger-${randomUUID()}`,
};

/**
 * Builds what a provider is called with, for tests that call it without the engine.
 *
 * @public
 */
export function createLeaseContext<
  TParams,
  // Without a handle, it fits the provider of any.
  THandle extends ProviderHandle = any,
  TConnection = unknown,
>(
  options: LeaseContextOptions<TParams, THandle, TConnection>,
): LeaseContext<TParams, THandle, TConnection> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const signals = [AbortSignal.timeout(timeoutMs)];
  if (options.signal) {
    signals.push(options.signal);
  }
  return {
    lease: createProviderLease(options.lease),
    params: options.params,
    handle: options.handle,
    connection: options.connection,
    mark: options.mark ?? DEFAULT_MARK,
    externalName: options.externalName ?? createExternalName(),
    notAfter: options.notAfter ?? Date.now() + 3_600_000,
    deadline: performance.now() + timeoutMs,
    signal: AbortSignal.any(signals),
    logger: options.logger ?? new RecordingLogger(),
  };
}
