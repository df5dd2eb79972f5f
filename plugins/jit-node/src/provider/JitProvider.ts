import { IssuedCredentials, LeaseKind } from '@backstage-jit/plugin-jit-common';
import { HumanDuration } from '@backstage/types';
import { ZodType } from 'zod';
import {
  Health,
  Inspection,
  KeepProgress,
  OwnedThing,
  Plan,
  Progress,
  ThingActivity,
} from './answers';
import {
  ConnectionContext,
  CredentialIntent,
  ExpectedThing,
  LeaseContext,
  ProviderConnection,
  ProviderLease,
} from './context';
import { ProviderHandle } from './handle';

/**
 * Something that can be granted for a while, looked at, and taken back.
 *
 * The engine promises: it commits its intent before each call; it never makes two calls about one entitlement at once; it calls again
 * after a crash, with the last committed handle. So every operation must be idempotent by `ctx.externalName`.
 *
 * A provider throws {@link JitProviderError}, or anything else for an outcome it does not know.
 *
 * @public
 */
export interface JitProvider<
  TParams = any,
  THandle extends ProviderHandle = any,
  TConnection = any,
> {
  /** Such as `postgres.role`. */
  readonly id: string;
  readonly kind: LeaseKind;
  /** The `type` of the connections it works on; several providers may share one. */
  readonly connectionType: string;
  /** Of the connection's settings without `type` and the engine's own keys. */
  readonly connectionSchema: ZodType<TConnection>;
  readonly paramsSchema: ZodType<TParams>;
  readonly supports: {
    idle: boolean;
    extend: boolean;
    sessions: boolean;
    price: boolean;
    /** Whether a last copy can be kept for a while after the end; not when not given. */
    keep?: boolean;
  };
  /** How long reads lag and a call that timed out may still land. None when not given. */
  readonly settle?: HumanDuration;
  /**
   * What it needs of the subject besides the ref. A lease is only given to a subject of whom the catalog has at least one of them, and not
   * granted when they have changed since it was asked for.
   */
  readonly subjectFields?: { email?: boolean; annotations?: string[] };

  /**
   * Whether reads lag behind writes, by up to `settle`: then an absence counts only when it is seen twice. True when not given; false for a
   * system whose reads show what is.
   */
  readonly readsLag?: boolean;
  /** How long one call may take; 10 seconds when not given. */
  readonly callTimeout?: HumanDuration;

  /**
   * Whether the connection's ceiling lets these parameters through: undefined when it does, else the refusal in words. Denies what the
   * ceiling does not name. Pure; called at start-up, when asked, and just before each grant.
   */
  refusedByCeiling(options: {
    params: TParams;
    connection: ProviderConnection<TConnection>;
  }): string | undefined;

  /** Of the system behind the connection: a cluster id, an AWS account. Two systems never share one. */
  identity(ctx: ConnectionContext<TConnection>): Promise<string>;

  /** Only where leases can share the outside thing: equal keys on one connection are one entitlement. Pure. */
  entitlementKey?(options: { lease: ProviderLease; params: TParams }): string;

  /** Read-only: what a grant would make. */
  plan?(ctx: LeaseContext<TParams, THandle, TConnection>): Promise<Plan>;

  /** Makes the thing, or goes on making it. Sets the outside system's own expiry to `notAfter` where there is one. */
  grant(
    ctx: LeaseContext<TParams, THandle, TConnection>,
  ): Promise<Progress<THandle>>;

  /** Looks. For a shared thing: whether the subject holds it. Works without a handle. */
  inspect(
    ctx: LeaseContext<TParams, THandle, TConnection>,
  ): Promise<Inspection>;

  /** Takes it back, live sessions too. Absent is success. Works without a handle, and touches only what carries our mark. */
  revoke(
    ctx: LeaseContext<TParams, THandle, TConnection>,
  ): Promise<Progress<THandle>>;

  /**
   * In place of `revoke` at first, where the profile has a last copy kept: ends all use, live sessions too, and closes the thing so that nobody gets in,
   * with what is in it. It is taken back by `revoke` later. `inspect` then says `present`. Required when `supports.keep`.
   */
  keep?(
    ctx: LeaseContext<TParams, THandle, TConnection>,
  ): Promise<KeepProgress<THandle>>;

  /** Moves the outside expiry to `notAfter`. Required when `supports.extend` and the outside system has an expiry of its own. */
  extend?(
    ctx: LeaseContext<TParams, THandle, TConnection>,
  ): Promise<Progress<THandle>>;

  /** Makes fresh credentials; those given out before may stop to work. */
  issueCredentials?(
    ctx: LeaseContext<TParams, THandle, TConnection>,
  ): Promise<IssuedCredentials>;

  /**
   * Only where credentials live on by themselves once they are out. The handle that tells of them: committed with the intent of each issue, so
   * that it is known what may be out, whatever happens during the call. Pure.
   */
  intendCredentials?(options: CredentialIntent<TParams, THandle>): THandle;

  /** All that carries our mark, to the end or an error: a list that breaks off must throw. */
  listOwned?(
    ctx: ConnectionContext<TConnection>,
  ): AsyncIterable<OwnedThing<THandle>>;

  /**
   * How everything that carries our mark has been used, each thing once, to the end or an error: a list that breaks off must throw. One look for a
   * whole connection, about once a minute. Required when `supports.idle`.
   */
  listActivity?(
    ctx: ConnectionContext<TConnection>,
  ): AsyncIterable<ThingActivity>;

  /**
   * In place of `listOwned` where things cannot carry a mark: which of the expected are there, by their external names. As few requests as
   * lists allow, never one for each lease. To the end or an error: what is not named counts as missed, and is then looked at by `inspect`.
   */
  listPresent?(
    ctx: ConnectionContext<TConnection>,
    options: { expected: Array<ExpectedThing<TParams, THandle>> },
  ): AsyncIterable<string>;

  /**
   * Only where something has to stay outside for a while after a lease is gone, such as a refusal of keys that cannot be taken back. Removes
   * what of it is not needed any more. Called as often as reconcile, by one replica, under no claim: it must not disturb other calls.
   */
  tidy?(ctx: ConnectionContext<TConnection>): Promise<void>;

  /** Whether the connection works with exactly the rights it needs. */
  health?(ctx: ConnectionContext<TConnection>): Promise<Health>;
}
