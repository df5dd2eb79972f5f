import { FakeCall, FakeCallStart } from './CallLog';
import {
  FakeExchange,
  FakeExchanges,
  FakeRequest,
  FakeSession,
  FakeThing,
  FakeVerb,
} from './exchanges';
import { FakeCondition, FakeFaultRule, FakeFaultSchedule } from './faults';

/**
 * Something that really happened to a thing.
 *
 * @public
 */
export interface FakeEffect {
  at: number;
  system: string;
  key: string;
  effect:
    | 'made'
    | 'removed'
    | 'expiry-moved'
    | 'secret-set'
    | 'session-opened'
    | 'sessions-ended';
}

/**
 * A system is `main` when not named.
 *
 * @public
 */
export interface InSystem {
  system?: string;
}

/**
 * An outside world of one or several systems: what a provider talks to, what its users do there, and what a test does to it and sees of it. One
 * interface for a world in this process and one behind HTTP, which several processes share and which outlives them.
 *
 * Every argument and answer is JSON.
 *
 * @public
 */
export interface FakeOutside {
  /**
   * For providers: one exchange with a system.
   *
   * @throws FakeOutsideError when it fails
   * @throws the signal's reason when it is given up
   */
  exchange<V extends FakeVerb>(
    request: FakeExchange<V>,
    options?: { signal?: AbortSignal },
  ): Promise<FakeExchanges[V]['answer']>;

  /** For providers: keeps a record of their calls. */
  beginCall(call: FakeCallStart): Promise<{ callId: string }>;
  endCall(options: { callId: string; outcome: string }): Promise<void>;
  /** A process of providers has died: its calls overlap with no later one. */
  workerGone(options: { worker: string }): Promise<void>;

  /** For users: signs in with a secret, or as a subject that holds a membership. No session when refused. */
  signIn(
    options: InSystem & { key: string; secret?: string },
  ): Promise<{ sessionId?: string }>;
  /** Uses a session; not alive when it has ended. Counts as activity. */
  useSession(
    options: InSystem & { sessionId: string },
  ): Promise<{ alive: boolean }>;
  signOut(options: InSystem & { sessionId: string }): Promise<void>;
  /** Uses a thing without signing in, as infrastructure is used. Counts as activity. */
  useThing(options: InSystem & { key: string }): Promise<void>;

  /** For tests: what is there, lagging for nobody. */
  things(options?: InSystem): Promise<FakeThing[]>;
  sessions(options?: InSystem): Promise<FakeSession[]>;
  /** Requests in progress. */
  requests(options?: InSystem): Promise<FakeRequest[]>;
  effects(): Promise<FakeEffect[]>;
  calls(): Promise<FakeCall[]>;

  /** For tests: what others do. A thing without a mark is somebody else's. */
  placeThing(options: InSystem & { thing: FakeThing }): Promise<void>;
  /** Takes a thing away behind everybody's back; its sessions live on. */
  snatchThing(options: InSystem & { key: string }): Promise<void>;

  /** For tests: faults. */
  addFault(rule: FakeFaultRule): Promise<void>;
  scheduleFaults(schedule: FakeFaultSchedule): Promise<void>;
  clearFaults(): Promise<void>;
  /** Changes what is named of a system's condition, leaves the rest. */
  setCondition(options: InSystem & { condition: FakeCondition }): Promise<void>;
  /** Lets all that is to land late take its effect now. */
  landLate(): Promise<{ landed: number }>;
  /** From now on, who asks for the one system gets the other. */
  repoint(options: { from: string; to: string }): Promise<void>;
  setIdentity(options: InSystem & { identity: string }): Promise<void>;
  /** Forgets everything: things, faults, calls. */
  reset(): Promise<void>;
}

/** Where there is only one system, it has this name. */
export const MAIN_SYSTEM = 'main';
