import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import {
  ConformanceHarness,
  ConformanceThing,
} from '@backstage-jit/plugin-jit-test-utils';
import {
  OktaFront,
  OktaOrg,
  OktaPeer,
} from '@backstage-jit/plugin-jit-test-peers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  OktaConnection,
  oktaConnectionSchema,
} from '../connection/connectionSchema';
import { GroupParams } from '../provider/paramsSchema';

type Thing = ConformanceThing<GroupParams>;

/** A group of Okta's own. */
export const GROUP = 'orders-writers';
/** Of waits that stand for what the emulator does not have: here nothing lags, and what lands late does so by the kit's word. */
const LONGEST_WAIT_MS = 5;

/** A connection as the backend would read it from its config. */
export function connectionTo(
  org: OktaOrg,
  settings: Partial<OktaConnection> = {},
): ProviderConnection<OktaConnection> {
  return {
    name: 'okta',
    config: oktaConnectionSchema.parse({
      orgUrl: org.url,
      token: org.token,
      ceiling: { groups: [GROUP] },
      ...settings,
    }),
  };
}

/** What the catalog has of a subject of these tests. */
export function emailOf(subject: string): string {
  return `${subject.split('/')[1]}@example.com`;
}

/** What the conformance kit needs to know about, and do to, the emulator. */
export function createGroupHarness(options: {
  /** Started when the tests run, after they were named. */
  peer: () => OktaPeer;
  front: OktaFront;
}): ConformanceHarness<GroupParams, OktaConnection> {
  const { peer, front } = options;
  const users = new Map<string, string>();
  const none = (notApplicable: string) => ({ notApplicable });

  const isMember = async ({ lease, params }: Thing) => {
    const { org } = peer();
    const members = await org.members(await org.groupId(params.group));
    return members.includes(emailOf(lease.subject));
  };

  return {
    async tearDown() {
      await front.reset();
      users.clear();
    },
    connection: () => connectionTo(peer().org),
    params: () => ({ group: GROUP, clearSessions: true }),
    async subject(index) {
      const subject = `user:default/conformance-${index}`;
      users.set(subject, await peer().org.createUser(emailOf(subject)));
      return subject;
    },
    subjectProfile: subject => ({ email: emailOf(subject) }),
    refused: () => [
      {
        what: 'a group that the ceiling does not name',
        params: { group: 'orders-admins' },
        connection: connectionTo(peer().org),
      },
      {
        what: 'a group whose name begins as one of the ceiling does',
        params: { group: GROUP },
        connection: connectionTo(peer().org, {
          ceiling: { groups: [`${GROUP}-2`, GROUP.toLocaleUpperCase()] },
        }),
      },
      {
        what: 'anything, where the ceiling names nothing',
        params: { group: GROUP },
        connection: connectionTo(peer().org, { ceiling: { groups: [] } }),
      },
    ],
    async look(thing) {
      return {
        remains: (await isMember(thing))
          ? [`${emailOf(thing.lease.subject)} in ${thing.params.group}`]
          : [],
      };
    },
    secrets: () => [peer().org.token],
    wait: ms => sleep(Math.min(ms, LONGEST_WAIT_MS)),

    transport: front.tap,
    late: front.tap,
    outage: {
      async begin() {
        front.away = true;
      },
      async end() {
        front.away = false;
      },
    },
    rights: {
      async begin() {
        front.forbidden = true;
      },
      async end() {
        front.forbidden = false;
      },
    },
    rateLimit: {
      async begin(tooMany) {
        front.tooMany = tooMany;
      },
      async end() {
        front.tooMany = undefined;
      },
    },
    lag: {
      async begin() {
        const memberships = new Map<string, unknown>();
        for (const userId of users.values()) {
          memberships.set(userId, await peer().org.groupsOf(userId));
        }
        front.freeze(memberships);
      },
      async end() {
        front.thaw();
      },
    },
    secondSystem: { connection: () => connectionTo(peer().other) },
    access: { works: isMember, secretsOf: () => [] },
    standing: {
      async give({ lease, params }) {
        const { org } = peer();
        await org.add(
          await org.groupId(params.group),
          users.get(lease.subject)!,
        );
      },
      held: isMember,
      distinguishable: false,
    },
    sessions: none(
      'Okta does not say which sessions there are; they are cleared, and nobody can look',
    ),
    foreign: none('a membership has no name'),
    brokenList: {
      async begin() {
        front.brokenLists = true;
      },
      async end() {
        front.brokenLists = false;
      },
    },
  };
}
