import { LoggerService } from '@backstage/backend-plugin-api';
import { ProviderHandle } from './handle';

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
