import {
  ConnectionContext,
  ExpectedThing,
  OwnedThing,
  OwnershipMark,
  ThingActivity,
} from '@backstage-jit/plugin-jit-node';
import { FakeActivity, FakeThing } from '../outside/exchanges';
import { FakeClient } from './FakeClient';
import { FakeConnection, FakeHandle, FakeParams } from './fakeSchemas';

type ExpectedFake = ExpectedThing<FakeParams, FakeHandle>;
type Context = ConnectionContext<FakeConnection>;

/** Follows a list to its end. */
async function pages<TPage extends { cursor?: string }>(
  next: (ask: { cursor?: string }) => Promise<TPage>,
): Promise<TPage[]> {
  const all: TPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await next(cursor ? { cursor } : {});
    all.push(page);
    cursor = page.cursor;
  } while (cursor);
  return all;
}

function isOurs({ mark }: FakeThing, wanted: OwnershipMark): boolean {
  return (
    mark?.installation === wanted.installation &&
    mark.ledgerId === wanted.ledgerId
  );
}

/** All that carries our mark, each entitlement once, however many parts it has. */
export async function findOwned(
  client: FakeClient,
  ctx: Context,
): Promise<Array<OwnedThing<FakeHandle>>> {
  const owned = new Map<string, OwnedThing<FakeHandle>>();
  for (const { things } of await pages(ask => client.ask('list', ask))) {
    for (const thing of things) {
      const { externalName, leaseId } = thing;
      if (isOurs(thing, ctx.mark) && externalName && leaseId) {
        owned.set(externalName, { externalName, leaseId });
      }
    }
  }
  return [...owned.values()];
}

/** Which of the expected there are, whoever made them. */
export async function findPresent(
  client: FakeClient,
  options: {
    expected: ExpectedFake[];
    keyOf: (expected: ExpectedFake) => string;
  },
): Promise<string[]> {
  const { expected, keyOf } = options;
  const listed = await pages(ask => client.ask('list', ask));
  const keys = new Set(listed.flatMap(({ things }) => things.map(t => t.key)));
  return expected
    .filter(each => keys.has(keyOf(each)))
    .map(({ externalName }) => externalName);
}

/** How each entitlement was used: as the part of it that was used last. */
export async function findActivity(
  client: FakeClient,
  ctx: Context,
): Promise<ThingActivity[]> {
  const parts = new Map<string, FakeActivity[]>();
  const listed = await pages(ask => client.ask('listActivity', ask));
  for (const activity of listed.flatMap(page => page.activities)) {
    const { externalName } = activity.thing;
    if (isOurs(activity.thing, ctx.mark) && externalName) {
      parts.set(externalName, [...(parts.get(externalName) ?? []), activity]);
    }
  }
  return [...parts].map(([externalName, activities]) => ({
    externalName,
    idleForMs: Math.min(...activities.map(({ idleForMs }) => idleForMs)),
    counter: String(activities.reduce((sum, { uses }) => sum + uses, 0)),
  }));
}
