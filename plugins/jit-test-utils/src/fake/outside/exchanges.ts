import { OwnershipMark } from '@backstage-jit/plugin-jit-node';

/**
 * Something in the fake outside world.
 *
 * @public
 */
export interface FakeThing {
  /** Unique within a system. */
  key: string;
  /** What it gives: a parameter of the profile. */
  role: string;
  /** Who holds it, where it is a membership. */
  subject?: string;
  /** Absent on what others made. */
  mark?: OwnershipMark;
  leaseId?: string;
  externalName?: string;
  /** Epoch milliseconds by the world's clock. Nobody can sign in from then on. */
  expiresAt?: number;
  /** What signs in. */
  secret?: string;
  /** Its sessions die by themselves at its `expiresAt`, as tokens do. Otherwise they live until they are ended. */
  sessionsExpire?: boolean;
}

/** @public */
export interface FakeSession {
  id: string;
  key: string;
  mark?: OwnershipMark;
  /** When it dies by itself, if it does: epoch milliseconds. */
  expiresAt?: number;
}

/** @public */
export interface FakeActivity {
  thing: FakeThing;
  /** Since it was used, or made. */
  idleForMs: number;
  /** How often it was used. */
  uses: number;
}

/** @public */
export type FakeRequestState = 'in-progress' | 'succeeded';

/** @public */
export interface FakeRequest {
  id: string;
  action: 'put' | 'remove';
  key: string;
  state: FakeRequestState;
}

/**
 * What removing something came to. `not-ours`: it carries another mark, and was left alone.
 *
 * @public
 */
export type FakeRemoval = 'removed' | 'not-there' | 'not-ours';

/**
 * What can be asked of a system, and what it answers: each is one exchange.
 *
 * @public
 */
export interface FakeExchanges {
  identify: { ask: {}; answer: { identity: string } };
  get: {
    ask: { key: string };
    answer: { thing?: FakeThing };
  };
  /** Makes a thing unless one of its key is there: then that one is answered, unchanged. */
  put: {
    ask: { thing: FakeThing };
    answer: { made: boolean; thing: FakeThing };
  };
  /** With a mark: only if the thing carries it. */
  remove: {
    ask: { key: string; mark?: OwnershipMark };
    answer: { removal: FakeRemoval };
  };
  setExpiry: {
    ask: { key: string; mark?: OwnershipMark; expiresAt: number };
    answer: { found: boolean };
  };
  setSecret: {
    ask: { key: string; mark?: OwnershipMark; secret: string };
    answer: { found: boolean };
  };
  listSessions: {
    ask: { key: string; mark?: OwnershipMark };
    answer: { sessions: FakeSession[] };
  };
  endSessions: {
    ask: { key: string; mark?: OwnershipMark };
    answer: { ended: number };
  };
  /** Two things a page. */
  list: {
    ask: { cursor?: string };
    answer: { things: FakeThing[]; cursor?: string };
  };
  /** How each marked thing was used. Two a page. */
  listActivity: {
    ask: { cursor?: string };
    answer: { activities: FakeActivity[]; cursor?: string };
  };
  /** Starts something that is done after it was looked at `looks` times. */
  startRequest: {
    ask:
      | { action: 'put'; looks: number; thing: FakeThing }
      | { action: 'remove'; looks: number; key: string; mark?: OwnershipMark };
    answer: { requestId: string };
  };
  /** A look. */
  getRequest: { ask: { requestId: string }; answer: { request?: FakeRequest } };
  /** Of what is in progress on a key. A look as well. */
  findRequest: { ask: { key: string }; answer: { request?: FakeRequest } };
}

/** @public */
export type FakeVerb = keyof FakeExchanges;

/**
 * What a provider sends.
 *
 * @public
 */
export interface FakeExchange<V extends FakeVerb> {
  system: string;
  /** Looked at by nobody, and in every driver's error. */
  password?: string;
  verb: V;
  ask: FakeExchanges[V]['ask'];
}

/** The exchanges that change nothing, and so may lag. */
export const FAKE_READS: readonly FakeVerb[] = [
  'identify',
  'get',
  'list',
  'listSessions',
  'listActivity',
  'getRequest',
  'findRequest',
];
