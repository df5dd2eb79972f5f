import { LoggerService } from '@backstage/backend-plugin-api';
import { IssuedCredentials, LeaseKind } from '@backstage-jit/plugin-jit-common';
import { HumanDuration } from '@backstage/types';
import { ZodType } from 'zod';

/**
 * What a provider keeps between its steps: small, JSON, free of secrets, with a version so that a later release can still read it.
 *
 * @public
 */
export interface ProviderHandle {
  v: number;
}

/**
 * Who the subject is to other systems, as the catalog had it when the lease was asked for. It stays the same for the lease's whole life, also
 * when the catalog has another answer by then, or none.
 *
 * @public
 */
export interface SubjectProfile {
  /** `spec.profile.email` of the User. */
  email?: string;
  /** Those that the provider asks for. */
  annotations?: Record<string, string>;
}

/**
 * The lease as a provider sees it.
 *
 * @public
 */
export interface ProviderLease {
  id: string;
  /** An entity ref. */
  subject: string;
  requester: string;
  entityRef?: string;
  profileId: string;
  /** Only what the provider's `subjectFields` name, and only of Users from `jit.people.trustedLocations`. */
  subjectProfile?: SubjectProfile;
  /** When it ends, as it stands, in epoch milliseconds by the ledger's clock. Not known before it is active. */
  expiresAt?: number;
}

/**
 * One configured outside system.
 *
 * @public
 */
export interface ProviderConnection<TConnection = unknown> {
  /** Its key under `jit.connections`. */
  name: string;
  /** Its settings, as parsed by the provider's `connectionSchema`. */
  config: TConnection;
}

/**
 * The mark that everything we make outside carries, and by which it is recognised later.
 *
 * @public
 */
export interface OwnershipMark {
  /** `jit.installation`. */
  installation: string;
  /** A random id made by the first migration of the ledger: a copy of the config with another ledger sweeps nothing of this one's. */
  ledgerId: string;
}

/** @public */
export interface ConnectionContext<TConnection = unknown> {
  connection: ProviderConnection<TConnection>;
  mark: OwnershipMark;
  /** Aborted when the deadline has passed or the claim was lost. Nothing may be sent afterwards. */
  signal: AbortSignal;
  /** The instant of the deadline in `performance.now()` milliseconds of this process. */
  deadline: number;
  logger: LoggerService;
}

/** @public */
export interface LeaseContext<
  TParams = unknown,
  THandle extends ProviderHandle = ProviderHandle,
  TConnection = unknown,
> extends ConnectionContext<TConnection> {
  lease: ProviderLease;
  /** The profile's parameters after substitution, as parsed by `paramsSchema`. */
  params: TParams;
  /** The last handle that was committed. For a lease that has none yet on a thing that it shares, that of another lease on it. */
  handle?: THandle;
  /** Deterministic, unique to the entitlement: 3 to 40 characters of `[a-z0-9_]`, starts with a letter. */
  externalName: string;
  /** When the outside system may let the thing die by itself, in epoch milliseconds by the ledger's clock. */
  notAfter: number;
}

/**
 * The answer of a step. When not `done`, the engine commits the handle and calls the same operation again after `lookAgainIn`.
 *
 * @public
 */
export interface Progress<THandle extends ProviderHandle = ProviderHandle> {
  done: boolean;
  handle?: THandle;
  /**
   * How to reach the thing: host, port, database, role. Kept with the lease, shown to whoever sees it, and read by later parts of a bundle, so
   * never a secret. At most 20, named `[a-zA-Z][a-zA-Z0-9_]*` (up to 63 characters), each 1 to 200 printable characters; what is not so is left out. Those
   * of before stay when not given.
   */
  facts?: Record<string, string>;
  lookAgainIn?: HumanDuration;
  /** One line for people: "Namespace gone, waiting for 2 volumes". */
  note?: string;
  /** What the step did beyond the plain case, for the event: objects dropped, owners changed. */
  report?: string[];
}

/**
 * The answer of a step of {@link JitProvider.keep}.
 *
 * @public
 */
export interface KeepProgress<THandle extends ProviderHandle = ProviderHandle>
  extends Progress<THandle> {
  /** With `done`: false when nothing was left that could be kept. */
  kept?: false;
}

/**
 * How the outside thing looks.
 *
 * - `absent`: it is gone, and nothing that it allowed is alive any more, live sessions included. Answered only after a look that
 *   completed: a 401, a 403, a list that broke off is an error, never `absent`.
 * - `present`: it exists, or something of it is alive.
 * - `pending`: the outside system is still at work on it.
 *
 * @public
 */
export interface Inspection {
  status: 'absent' | 'present' | 'pending';
  /**
   * With `absent`: false where nobody can look, so that the thing counts as gone because its removal ran to its end. The lease then ends
   * unverified, and every screen says so.
   */
  verified?: false;
  /** When what is still alive provably dies by itself, in epoch milliseconds. */
  aliveUntil?: number;
  /** What nobody can see or take back. */
  residual?: string;
  /** Why it is still there, in plain words. */
  blockers?: string[];
  lookAgainIn?: HumanDuration;
}

/** @public */
export interface Plan {
  /** What would be made, a line each. */
  lines: string[];
  /** Why it cannot be made, if so. */
  refusal?: string;
  /** What will stay alive after the end. */
  residual?: string;
}

/**
 * Something outside that carries our mark.
 *
 * @public
 */
export interface OwnedThing<THandle extends ProviderHandle = ProviderHandle> {
  externalName: string;
  leaseId: string;
  handle?: THandle;
}

/**
 * How one thing of ours has been used, as one look at all of a connection shows it. Our own looks never count as use.
 *
 * With neither of the two nothing is known from this look, and nothing is concluded from it.
 *
 * @public
 */
export interface ThingActivity {
  externalName: string;
  /** How long ago its last real use was, by the outside system's own clock: 0 while it is in use. For a thing never used, since it was made. */
  idleForMs?: number;
  /**
   * Any text that changes whenever the thing was used, and only then: for use that leaves no other trace between two looks. While it stays the
   * same, the thing was not used.
   */
  counter?: string;
}

/**
 * A thing that the ledger expects to be there, with all that a lease on it has.
 *
 * @public
 */
export type ExpectedThing<
  TParams = unknown,
  THandle extends ProviderHandle = ProviderHandle,
> = Pick<
  LeaseContext<TParams, THandle>,
  'externalName' | 'lease' | 'params' | 'handle'
>;

/**
 * Credentials that are about to be issued.
 *
 * @public
 */
export interface CredentialIntent<
  TParams = unknown,
  THandle extends ProviderHandle = ProviderHandle,
> {
  lease: ProviderLease;
  params: TParams;
  handle?: THandle;
  /** Now, by the ledger's clock. */
  now: number;
  /** When the call can no longer take effect, by the ledger's clock. */
  landsUntil: number;
}

/** @public */
export interface Health {
  ok: boolean;
  /** What to do when not ok. */
  message?: string;
}

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
