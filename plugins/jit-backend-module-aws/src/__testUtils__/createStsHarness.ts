import {
  ConformanceHarness,
  ConformanceThing,
} from '@backstage-jit/plugin-jit-test-utils';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import { AwsFront, keysOf } from '@backstage-jit/plugin-jit-test-peers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AwsConnection,
  awsConnectionSchema,
} from '../connection/connectionSchema';
import { StsParams } from '../provider/paramsSchema';
import { parseRoleArn } from '../role/roleArn';
import { sessionName } from '../session/sessionName';
import { SECRET_KEY } from './testCredentials';

type Thing = ConformanceThing<StsParams>;

/** Nothing of the emulator takes as long as the waits for AWS do. */
const LONGEST_WAIT_MS = 20;

export function connectionTo(
  front: AwsFront,
  settings: Partial<AwsConnection> = {},
): ProviderConnection<AwsConnection> {
  return {
    name: 'aws',
    config: awsConnectionSchema.parse({
      ...front.connection,
      ceiling: { roles: [front.roleArn('invoices-reader')] },
      ...settings,
    }),
  };
}

/** What the conformance kit needs to know about, and do to, the emulator. */
export function createStsHarness(options: {
  front: () => AwsFront;
  /** In front of another account. */
  other: () => AwsFront;
}): ConformanceHarness<StsParams, AwsConnection> {
  const { front, other } = options;
  const none = (notApplicable: string) => ({ notApplicable });
  const params = () => ({ role: front().roleArn('invoices-reader') });
  const inlineOf = (role: string) =>
    front().policies.of(parseRoleArn(role)!.name);

  const live = async (thing: Thing) => {
    const sessions = [];
    for (const session of front().sessions.values()) {
      const isOurs = session.name === sessionName(thing);
      if (
        isOurs &&
        (await session.may({
          inline: inlineOf(thing.params.role),
          at: Date.now(),
        }))
      ) {
        sessions.push(session);
      }
    }
    return sessions;
  };
  const works = async (_thing: Thing, credentials?: IssuedCredentials) => {
    const session =
      credentials && front().sessions.get(keysOf(credentials).AccessKeyId);
    return Boolean(
      await session?.may({
        inline: inlineOf(session.roleArn),
        at: Date.now(),
      }),
    );
  };

  return {
    async tearDown() {
      await front().reset();
    },
    connection: () => connectionTo(front()),
    params,
    refused: () => [
      {
        what: 'a role that the ceiling does not name',
        params: { role: front().roleArn('invoices-admin') },
        connection: connectionTo(front()),
      },
      {
        what: 'a role whose name begins as one of the ceiling does',
        params: { role: `${front().roleArn('invoices-reader')}-2` },
        connection: connectionTo(front()),
      },
      {
        what: 'a role of another path than a pattern of the ceiling',
        params: { role: front().roleArn('team/invoices-reader') },
        connection: connectionTo(front(), {
          ceiling: { roles: [front().roleArn('invoices-*')] },
        }),
      },
      {
        what: 'anything, where the ceiling names nothing',
        params: params(),
        connection: connectionTo(front(), { ceiling: { roles: [] } }),
      },
    ],
    async look(thing) {
      const sessions = await live(thing);
      return {
        remains: [...new Set(sessions.map(({ name }) => `session ${name}`))],
        expiresAt: sessions.at(-1)?.end,
      };
    },
    secrets: () => [SECRET_KEY, 'secret-of-aws'],
    wait: ms => sleep(Math.min(ms, LONGEST_WAIT_MS)),
    namesCarryMark: true,

    transport: {
      sent: () => front().tap.sent(),
      crashAfter: exchanges => front().tap.crashAfter(exchanges),
      crashed: () => front().tap.crashed(),
      restore: () => front().tap.restore(),
      hold: exchange => front().tap.hold(exchange),
      whenHeld: () => front().tap.whenHeld(),
      release: () => front().tap.release(),
    },
    late: {
      hold: exchange => front().tap.hold(exchange),
      whenHeld: () => front().tap.whenHeld(),
      release: () => front().tap.release(),
    },
    outage: {
      async begin() {
        front().away = true;
      },
      async end() {
        front().away = false;
      },
    },
    rights: {
      async begin() {
        front().forbidden = true;
      },
      async end() {
        front().forbidden = false;
      },
    },
    rateLimit: {
      async begin(tooMany) {
        front().tooMany = tooMany;
      },
      async end() {
        front().tooMany = undefined;
      },
    },
    lag: {
      async begin() {
        front().policies.freeze();
      },
      async end() {
        front().policies.thaw();
      },
    },
    secondSystem: { connection: () => connectionTo(other()) },
    access: {
      works,
      secretsOf(credentials) {
        const { SecretAccessKey, SessionToken } = keysOf(credentials);
        return [SecretAccessKey, SessionToken];
      },
    },
    sessions: {
      async open(thing, credentials) {
        return {
          alive: () => works(thing, credentials),
          close: async () => {},
        };
      },
    },
    foreign: none('what is made outside is a session, which no one else names'),
    standing: none('leases do not share sessions'),
    brokenList: none('STS lists no sessions'),
  };
}
