import { randomBytes } from 'node:crypto';
import { TestClock } from '../clock';
import {
  Ability,
  ConformanceHarness,
  ConformanceThing,
  ExchangeTap,
  NotApplicable,
  Toggle,
} from '../conformance';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { FakeCondition, FakeOutside, FakeThing } from './outside';
import { FakeConnection, FakeParams } from './provider';

/** @public */
export interface FakeConformanceHarnessOptions {
  /** The world itself: what the provider does goes through {@link FakeConformanceHarness.tapped}. */
  outside: FakeOutside;
  /** The world's clock. */
  clock: TestClock;
  nature: 'at-once' | 'asynchronous' | 'ordered';
  shared?: boolean;
  /** As of the provider: whether ours and others' memberships can be told apart. */
  marks?: boolean;
}

/** @public */
export interface FakeConformanceHarness
  extends ConformanceHarness<FakeParams, FakeConnection> {
  /** The world with the kit's faults in front of it: what the provider must be given. */
  tapped: FakeOutside;
}

const SYSTEM = 'main';
const OTHER_SYSTEM = 'other';
const PARTS = ['network', 'compute', 'binding'];

function tapExchanges(outside: FakeOutside, tap: ExchangeTap): FakeOutside {
  return new Proxy(outside, {
    get(target, name: keyof FakeOutside) {
      if (name === 'exchange') {
        const exchange: FakeOutside['exchange'] = (request, options) =>
          tap.run(() => target.exchange(request, options), {
            signal: options?.signal,
            // Whoever sent it has given up; it is on its way all the same.
            deliverLate: () => target.exchange(request),
          });
        return exchange;
      }
      return target[name].bind(target);
    },
  });
}

/**
 * The harness of the fake provider: tests the kit itself, and shows what a harness looks like.
 *
 * @public
 */
export function createFakeConformanceHarness(
  options: FakeConformanceHarnessOptions,
): FakeConformanceHarness {
  const { outside, clock, nature } = options;
  const shared = options.shared ?? false;
  const marks = options.marks ?? true;
  const tap = new ExchangeTap();
  const password = `admin-${randomBytes(8).toString('hex')}`;

  const keysOf = (thing: ConformanceThing<FakeParams>): string[] => {
    const { externalName, params, lease } = thing;
    if (nature === 'ordered') {
      return PARTS.map(part => `${externalName}/${part}`);
    }
    return [
      shared ? JSON.stringify([params.name, lease.subject]) : externalName,
    ];
  };
  const connection = (system: string, names: string[]) => ({
    name: system,
    config: { system, password, ceiling: { names } },
  });
  const condition = (begin: FakeCondition, end: FakeCondition): Toggle => ({
    begin: () => outside.setCondition({ condition: begin }),
    end: () => outside.setCondition({ condition: end }),
  });
  const secretOf = (credentials: IssuedCredentials | undefined) =>
    credentials?.forms.find(form => form.id === 'secret')?.value;
  const signIn = async (
    thing: ConformanceThing<FakeParams>,
    credentials?: IssuedCredentials,
  ) =>
    await outside.signIn({
      key: keysOf(thing)[0],
      secret: secretOf(credentials),
    });
  const isAlive = async (sessionId: string | undefined) =>
    sessionId !== undefined && (await outside.useSession({ sessionId })).alive;
  const foreignThing = (
    thing: ConformanceThing<FakeParams>,
    key: string,
  ): FakeThing => ({
    key,
    role: 'somebody-elses',
    ...(shared && { subject: thing.lease.subject }),
    secret: 'foreign',
  });
  const thingAt = async (key: string) =>
    (await outside.things()).find(thing => thing.key === key);

  const none = (notApplicable: string): NotApplicable => ({ notApplicable });
  const unless = <T>(reason: string | undefined, ability: T): Ability<T> =>
    reason === undefined ? ability : none(reason);
  const notAccess =
    nature === 'ordered' ? 'nobody signs in to infrastructure' : undefined;
  const notShared = shared ? undefined : 'its things are not shared';

  return {
    tapped: tapExchanges(outside, tap),
    tearDown: async () => {
      await tap.restore();
      await outside.reset();
    },
    connection: () => connection(SYSTEM, ['reader', 'writer']),
    params: () => ({ name: 'reader' }),
    refused: () => [
      {
        what: 'a name outside the ceiling',
        params: { name: 'owner' },
        connection: connection(SYSTEM, ['reader']),
      },
      {
        what: 'an empty ceiling',
        params: { name: 'reader' },
        connection: connection(SYSTEM, []),
      },
    ],
    async look(thing) {
      const keys = keysOf(thing);
      const things = (await outside.things()).filter(
        ({ key, externalName }) =>
          keys.includes(key) || externalName === thing.externalName,
      );
      const sessions = (await outside.sessions()).filter(({ key }) =>
        keys.includes(key),
      );
      const requests = (await outside.requests()).filter(
        ({ key, action }) => keys.includes(key) && action === 'put',
      );
      return {
        remains: [
          ...things.map(({ key }) => `thing ${key}`),
          ...sessions.map(({ key }) => `session of ${key}`),
          ...requests.map(({ key }) => `request to make ${key}`),
        ],
        // What ends last.
        expiresAt: things
          .map(({ expiresAt }) => expiresAt)
          .reduce(
            (last, end) => (last && end ? Math.max(last, end) : undefined),
            things.at(0)?.expiresAt,
          ),
      };
    },
    secrets: () => [password],
    transport: tap,
    outage: condition({ down: true }, { down: undefined }),
    now: () => clock.now(),
    wait: async ms => clock.advance(ms),
    access: unless(notAccess, {
      works: async (
        thing: ConformanceThing<FakeParams>,
        credentials?: IssuedCredentials,
      ) => {
        const { sessionId } = await signIn(thing, credentials);
        if (sessionId === undefined) {
          return false;
        }
        await outside.signOut({ sessionId });
        return true;
      },
      secretsOf: (credentials: IssuedCredentials) =>
        credentials.forms
          .filter(form => form.id === 'secret')
          .map(form => form.value),
    }),
    sessions: unless(notAccess, {
      open: async (
        thing: ConformanceThing<FakeParams>,
        credentials?: IssuedCredentials,
      ) => {
        const { sessionId } = await signIn(thing, credentials);
        return {
          alive: () => isAlive(sessionId),
          close: async () => {},
        };
      },
    }),
    ...(notAccess && {
      use: async thing => outside.useThing({ key: keysOf(thing)[1] }),
    }),
    late: tap,
    rights: condition({ rights: 'none' }, { rights: undefined }),
    secondSystem: {
      connection: () => connection(OTHER_SYSTEM, ['reader', 'writer']),
    },
    foreign: unless(shared ? 'a membership has no name' : undefined, {
      make: async (thing: ConformanceThing<FakeParams>) => {
        for (const key of keysOf(thing)) {
          await outside.placeThing({ thing: foreignThing(thing, key) });
        }
      },
      intact: async (thing: ConformanceThing<FakeParams>) => {
        for (const key of keysOf(thing)) {
          const found = JSON.stringify(await thingAt(key));
          if (found !== JSON.stringify(foreignThing(thing, key))) {
            return false;
          }
        }
        return true;
      },
    }),
    standing: unless(notShared, {
      give: async (thing: ConformanceThing<FakeParams>) => {
        const [key] = keysOf(thing);
        await outside.placeThing({ thing: foreignThing(thing, key) });
      },
      held: async (thing: ConformanceThing<FakeParams>) =>
        (await thingAt(keysOf(thing)[0])) !== undefined,
      distinguishable: marks,
    }),
    rateLimit: {
      begin: ({ retryAfterMs }) =>
        outside.setCondition({
          condition: { tooManyRequests: { retryAfterMs } },
        }),
      end: () =>
        outside.setCondition({ condition: { tooManyRequests: undefined } }),
    },
    lag: condition({ lag: 'freeze' }, { lag: undefined }),
    brokenList: condition({ brokenLists: true }, { brokenLists: undefined }),
  };
}
