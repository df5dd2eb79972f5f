import {
  OwnershipMark,
  ProviderConnection,
  ProviderLease,
  SubjectProfile,
} from '@backstage-jit/plugin-jit-node';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { HeldExchange, TransportFaults } from './TransportFaults';

/**
 * Says why a part of the kit makes no sense for a provider. The sentence shows in the names of the tests concerned.
 *
 * @public
 */
export interface NotApplicable {
  notApplicable: string;
}

/** @public */
export type Ability<T> = T | NotApplicable;

/**
 * The one thing a case is about.
 *
 * @public
 */
export interface ConformanceThing<TParams = any> {
  externalName: string;
  lease: ProviderLease;
  params: TParams;
  mark: OwnershipMark;
}

/**
 * How a thing looks outside, seen without the provider.
 *
 * @public
 */
export interface OutsideState {
  /**
   * Each object outside that belongs to the thing, and each live session of it, a line each: empty when nothing is left. The same
   * state must give the same lines, so no process ids or times.
   */
  remains: string[];
  /** The outside system's own expiry of the thing, in epoch milliseconds. */
  expiresAt?: number;
}

/**
 * Something switched on for a while.
 *
 * @public
 */
export interface Toggle {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** @public */
export interface ConformanceSession {
  /** Asks outside: whether the session can still do something. */
  alive(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * What the kit needs to know about, and do to, the real system behind a provider.
 *
 * The methods are called between `setUp` and `tearDown`, which frame each case. Which abilities there are is read before, when tests
 * are named.
 *
 * @public
 */
export interface ConformanceHarness<TParams = any, TConnection = any> {
  /** Before each case: nothing of an earlier case is left, no fault is on. */
  setUp?(): Promise<void>;
  tearDown?(): Promise<void>;

  /** With settings as the provider's `connectionSchema` puts them out, and the rights it needs, no more. */
  connection(): ProviderConnection<TConnection>;
  /** Inside the connection's ceiling. */
  params(): TParams;
  /** A subject that the system knows, another for each index; `user:default/conformance-<index>` when not given. */
  subject?(index: number): Promise<string>;
  /** What the catalog says of such a subject, for a provider with `subjectFields`. */
  subjectProfile?(subject: string): SubjectProfile;
  /** At least one set of parameters outside the ceiling, and one connection whose ceiling names nothing. */
  refused(): Array<{
    what: string;
    params: TParams;
    connection: ProviderConnection<TConnection>;
  }>;
  /** Looks at the system directly, never through the provider, and not through the faults. */
  look(thing: ConformanceThing<TParams>): Promise<OutsideState>;
  /** What the connection is opened with, and anything else that must appear nowhere. */
  secrets(): string[];

  /** Faults on the way between the provider and the system. */
  transport: TransportFaults;
  /** The whole system is away: connections are refused. */
  outage: Toggle;

  /** Makes the thing outside, or finds it there: before each grant of a provider that only gives an end to what others make. By the grant when not given. */
  make?(thing: ConformanceThing<TParams>): Promise<void>;
  /** Whether the identity stands in the connection's config, so that nobody is asked for it. */
  identityInConfig?: boolean;
  /** Whether outside names are made of the mark, too: what two ledgers make for the same external name is not the same thing. */
  namesCarryMark?: boolean;

  /** Epoch milliseconds; the machine's when not given. */
  now?(): number;
  /** Lets time pass for a provider that asked to be called again later, or for its `settle`; a real wait when not given. */
  wait?(ms: number): Promise<void>;
  /** After how many real milliseconds a call that should have ended counts as one that hangs; 20,000 when not given. */
  patienceMs?: number;

  /** Whether the access really works. Must be there for `kind: 'access'`. */
  access: Ability<{
    works(
      thing: ConformanceThing<TParams>,
      credentials?: IssuedCredentials,
    ): Promise<boolean>;
    /** The secret parts of credentials. */
    secretsOf(credentials: IssuedCredentials): string[];
  }>;
  /** Must be there when the provider `supports.sessions`. */
  sessions: Ability<{
    open(
      thing: ConformanceThing<TParams>,
      credentials?: IssuedCredentials,
    ): Promise<ConformanceSession>;
  }>;
  /** Really uses a thing, as its users do; opens a session on it, and asks something there, when not given. For `listActivity`. */
  use?(thing: ConformanceThing<TParams>): Promise<void>;
  /** A call that is given up and lands afterwards all the same. */
  late: Ability<HeldExchange>;
  /** The connection's account exists, and may no longer look or act. */
  rights: Ability<Toggle>;
  /** Another system of the same type. */
  secondSystem: Ability<{ connection(): ProviderConnection<TConnection> }>;
  /** A thing of somebody else's under the name that ours would have. */
  foreign: Ability<{
    make(thing: ConformanceThing<TParams>): Promise<void>;
    /** Whether it is there as it was made. */
    intact(thing: ConformanceThing<TParams>): Promise<boolean>;
  }>;
  /** What the subject holds outside any lease; for shared things. */
  standing: Ability<{
    give(thing: ConformanceThing<TParams>): Promise<void>;
    held(thing: ConformanceThing<TParams>): Promise<boolean>;
    /** Whether the system lets one tell it from what a lease gave. If so, `revoke` must leave it alone. */
    distinguishable: boolean;
  }>;
  /** Every call is answered "too many requests", with the given time to come back after. */
  rateLimit: Ability<{
    begin(options: { retryAfterMs: number }): Promise<void>;
    end(): Promise<void>;
  }>;
  /** Reads answer as things stand at `begin`, until `end`. */
  lag: Ability<Toggle>;
  /** Every list fails after its first entries. The kit makes three things of ours before. */
  brokenList: Ability<Toggle>;
}

/** @public */
export function isApplicable<T extends object>(
  ability: Ability<T>,
): ability is T {
  return !('notApplicable' in ability);
}
