import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { Clock } from '../../clock';
import { FakeEffect } from './FakeOutside';
import {
  FakeActivity,
  FakeExchanges,
  FakeRequest,
  FakeSession,
  FakeThing,
  FakeVerb,
} from './exchanges';
import { FakeCondition } from './faults';
import { VersionedMap, View } from './VersionedMap';

const PAGE = 2;

type PendingRequest = FakeRequest & { looksLeft: number; apply: () => void };

function carries(mark: OwnershipMark | undefined, wanted?: OwnershipMark) {
  return (
    !wanted ||
    (mark?.installation === wanted.installation &&
      mark.ledgerId === wanted.ledgerId)
  );
}

/** One system of the fake outside world: its things, and what an exchange does to them. */
export class FakeSystem {
  identity: string;
  condition: FakeCondition = {};
  readonly things = new VersionedMap<FakeThing>();
  readonly sessions = new VersionedMap<FakeSession>();
  readonly requests = new Map<string, PendingRequest>();
  readonly #activity = new Map<string, { at: number; uses: number }>();
  readonly #clock: Clock;
  readonly #onEffect: (key: string, effect: FakeEffect['effect']) => void;
  #frozen = { things: 0, sessions: 0 };
  #counter = 0;

  constructor(options: {
    name: string;
    clock: Clock;
    onEffect: (key: string, effect: FakeEffect['effect']) => void;
  }) {
    this.identity = `fake-system-${options.name}`;
    this.#clock = options.clock;
    this.#onEffect = options.onEffect;
  }

  setCondition(condition: FakeCondition): void {
    // Over HTTP, what ends is null.
    this.condition = Object.fromEntries(
      Object.entries({ ...this.condition, ...condition }).filter(
        ([, value]) => value !== undefined && value !== null,
      ),
    );
    const lags = this.condition.lag !== undefined;
    this.things.keepHistory = lags;
    this.sessions.keepHistory = lags;
    if ('lag' in condition) {
      this.#frozen = {
        things: this.things.sequence,
        sessions: this.sessions.sequence,
      };
    }
  }

  perform<V extends FakeVerb>(
    verb: V,
    ask: FakeExchanges[V]['ask'],
  ): FakeExchanges[V]['answer'] {
    return this.#verbs[verb](ask);
  }

  signIn(key: string, secret: string | undefined): string | undefined {
    const thing = this.things.get(key);
    const now = this.#clock.now();
    if (
      !thing ||
      (thing.expiresAt !== undefined && thing.expiresAt <= now) ||
      (!thing.subject && (!secret || thing.secret !== secret))
    ) {
      return undefined;
    }
    const id = this.#newId('session');
    const { mark } = thing;
    const expiresAt = thing.sessionsExpire ? thing.expiresAt : undefined;
    this.sessions.set(id, { id, key, mark, expiresAt }, now);
    this.recordUse(key);
    this.#onEffect(key, 'session-opened');
    return id;
  }

  useSession(id: string): boolean {
    const session = this.sessions.get(id);
    if (session) {
      this.recordUse(session.key);
    }
    return session !== undefined;
  }

  recordUse(key: string): void {
    const uses = (this.#activity.get(key)?.uses ?? 0) + 1;
    this.#activity.set(key, { at: this.#clock.now(), uses });
  }

  /** Ends what dies by itself at the end of its thing. */
  expireSessions(): void {
    const now = this.#clock.now();
    for (const session of this.sessions.values()) {
      if (session.expiresAt !== undefined && session.expiresAt <= now) {
        this.sessions.set(session.id, undefined, now);
      }
    }
  }

  #view(frozenUpTo: number): View {
    const { lag } = this.condition;
    if (lag === undefined) {
      return 'latest';
    }
    return lag === 'freeze'
      ? { upTo: frozenUpTo }
      : { asOf: this.#clock.now() - lag.ms };
  }

  readonly #verbs: {
    [V in FakeVerb]: (
      ask: FakeExchanges[V]['ask'],
    ) => FakeExchanges[V]['answer'];
  } = {
    identify: () => ({ identity: this.identity }),
    get: ({ key }) => ({
      thing: this.things.get(key, this.#view(this.#frozen.things)),
    }),
    put: ({ thing }) => {
      const existing = this.things.get(thing.key);
      if (existing) {
        return { made: false, thing: existing };
      }
      const now = this.#clock.now();
      this.things.set(thing.key, thing, now);
      this.#activity.set(thing.key, { at: now, uses: 0 });
      this.#onEffect(thing.key, 'made');
      return { made: true, thing };
    },
    remove: ({ key, mark }) => {
      const existing = this.things.get(key);
      if (!existing) {
        return { removal: 'not-there' };
      }
      if (!carries(existing.mark, mark)) {
        return { removal: 'not-ours' };
      }
      this.things.set(key, undefined, this.#clock.now());
      this.#onEffect(key, 'removed');
      return { removal: 'removed' };
    },
    setExpiry: ({ key, mark, expiresAt }) =>
      this.#change(key, mark, { expiresAt }, 'expiry-moved'),
    setSecret: ({ key, mark, secret }) =>
      this.#change(key, mark, { secret }, 'secret-set'),
    listSessions: ({ key, mark }) => ({
      sessions: this.sessions
        .values(this.#view(this.#frozen.sessions))
        .filter(session => session.key === key && carries(session.mark, mark)),
    }),
    endSessions: ({ key, mark }) => {
      const ended = this.sessions
        .values()
        .filter(session => session.key === key && carries(session.mark, mark));
      for (const session of ended) {
        this.sessions.set(session.id, undefined, this.#clock.now());
      }
      if (ended.length > 0) {
        this.#onEffect(key, 'sessions-ended');
      }
      return { ended: ended.length };
    },
    list: ({ cursor }) => {
      const { items, ...rest } = this.#page(cursor);
      return { things: items, ...rest };
    },
    listActivity: ({ cursor }) => {
      const { items, ...rest } = this.#page(cursor);
      return { activities: items.map(thing => this.#use(thing)), ...rest };
    },
    startRequest: ask => {
      const id = this.#newId('request');
      this.requests.set(id, {
        id,
        action: ask.action,
        key: ask.action === 'put' ? ask.thing.key : ask.key,
        state: 'in-progress',
        looksLeft: ask.looks,
        apply: () => this.perform(ask.action, ask),
      });
      return { requestId: id };
    },
    getRequest: ({ requestId }) => ({
      request: this.#look(this.requests.get(requestId)),
    }),
    findRequest: ({ key }) => ({
      request: this.#look(
        [...this.requests.values()].find(
          request => request.key === key && request.state === 'in-progress',
        ),
      ),
    }),
  };

  #page(cursor: string | undefined): { items: FakeThing[]; cursor?: string } {
    const from = cursor ? Number(cursor) : 0;
    const all = this.things.values(this.#view(this.#frozen.things));
    return {
      items: all.slice(from, from + PAGE),
      ...(from + PAGE < all.length && { cursor: String(from + PAGE) }),
    };
  }

  #use(thing: FakeThing): FakeActivity {
    const { at, uses } = this.#activity.get(thing.key) ?? { at: 0, uses: 0 };
    return { thing, idleForMs: this.#clock.now() - at, uses };
  }

  #change(
    key: string,
    mark: OwnershipMark | undefined,
    change: Partial<FakeThing>,
    effect: FakeEffect['effect'],
  ): { found: boolean } {
    const existing = this.things.get(key);
    if (!existing || !carries(existing.mark, mark)) {
      return { found: false };
    }
    this.things.set(key, { ...existing, ...change }, this.#clock.now());
    this.#onEffect(key, effect);
    return { found: true };
  }

  #look(request: PendingRequest | undefined): FakeRequest | undefined {
    if (!request) {
      return undefined;
    }
    request.looksLeft -= 1;
    if (request.state === 'in-progress' && request.looksLeft <= 0) {
      request.state = 'succeeded';
      request.apply();
    }
    const { id, action, key, state } = request;
    return { id, action, key, state };
  }

  #newId(kind: string): string {
    this.#counter += 1;
    return `${kind}-${this.#counter}`;
  }
}
