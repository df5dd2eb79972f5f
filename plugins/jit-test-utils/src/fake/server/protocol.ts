import { FakeFailure } from '../outside/FakeOutsideError';
import { FakeOutside } from '../outside/FakeOutside';

/** What may be called from afar: everything. */
export type FakeMethod = keyof FakeOutside;

const METHODS: Record<FakeMethod, true> = {
  exchange: true,
  beginCall: true,
  endCall: true,
  workerGone: true,
  signIn: true,
  useSession: true,
  signOut: true,
  useThing: true,
  things: true,
  sessions: true,
  requests: true,
  effects: true,
  calls: true,
  placeThing: true,
  snatchThing: true,
  addFault: true,
  scheduleFaults: true,
  clearFaults: true,
  setCondition: true,
  landLate: true,
  repoint: true,
  setIdentity: true,
  reset: true,
};

export function isFakeMethod(name: string): name is FakeMethod {
  return Object.hasOwn(METHODS, name);
}

/** The body of every answer. */
export type FakeAnswer =
  | { answer?: unknown }
  | { failure: FakeFailure; message: string; retryAfterMs?: number };

export const CALL_PATH = '/call/';
/** A request that is held open for as long as a process lives. */
export const PRESENCE_PATH = '/presence/';
