import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { Environment } from '@backstage-jit/plugin-jit-common';
import fc from 'fast-check';
import { environmentOf } from './__testUtils__/environments';
import { EnvironmentProvider } from './EnvironmentProvider';

const MINUTE = 60_000;

/** The catalog's own table of one provider's entities, and a jit backend, as several replicas see them. */
class World {
  now = 0;
  isDown = false;
  readonly live = new Map<string, Environment>();
  readonly catalog = new Map<string, string>();
  readonly mutations: EntityProviderMutation['type'][] = [];
  readonly locationKeys = new Set<string | undefined>();
  readonly logger = mockServices.logger.mock();

  /** A replica that has just started. @returns its look */
  async start(): Promise<() => Promise<void>> {
    let look: () => Promise<void> = async () => {};
    const provider = new EnvironmentProvider({
      environments: {
        list: async () => {
          if (this.isDown) {
            throw new TypeError('fetch failed');
          }
          return [...this.live.values()];
        },
      },
      owners: { of: async all => all.map(() => 'group:default/orders') },
      appUrl: 'https://p.example',
      logger: this.logger,
      now: () => this.now,
      start: async refresh => {
        look = refresh;
      },
    });
    await provider.connect({
      applyMutation: async mutation => this.#apply(mutation),
      refresh: async () => {},
    });
    return async () => await look();
  }

  #apply(mutation: EntityProviderMutation): void {
    this.mutations.push(mutation.type);
    if (mutation.type === 'full') {
      this.catalog.clear();
    } else {
      for (const removed of mutation.removed) {
        this.locationKeys.add(removed.locationKey);
        this.catalog.delete('entityRef' in removed ? removed.entityRef : '');
      }
    }
    const added = mutation.type === 'full' ? mutation.entities : mutation.added;
    for (const { entity, locationKey } of added) {
      this.locationKeys.add(locationKey);
      const ref = stringifyEntityRef(entity);
      this.catalog.set(
        ref,
        entity.metadata.annotations!['backstage-jit/ends-at'],
      );
    }
  }

  /** The catalog as it shall be. */
  get wanted(): Map<string, string | undefined> {
    return new Map(
      [...this.live.values()].map(({ leaseId, expiresAt }) => [
        `resource:default/environment-${leaseId}`,
        expiresAt,
      ]),
    );
  }
}

const id = fc
  .nat({ max: 5 })
  .map(n => `3f2f1a3e-0000-4000-8000-00000000000${n}`);
const replica = fc.nat({ max: 1 });

const step = fc.oneof(
  fc.record({
    type: fc.constant('live' as const),
    id,
    hour: fc.integer({ min: 10, max: 19 }),
  }),
  fc.record({ type: fc.constant('end' as const), id }),
  fc.record({ type: fc.constant('look' as const), replica }),
  fc.record({ type: fc.constant('restart' as const), replica }),
  fc.record({ type: fc.constant('down' as const), isDown: fc.boolean() }),
  fc.record({ type: fc.constant('remove' as const), id }),
);

it('neither loses nor keeps an entity, with two replicas, restarts, a backend that is away, and somebody who removes entities', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const world = new World();
      const looks = [await world.start(), await world.start()];
      for (const each of steps) {
        const before = JSON.stringify([...world.catalog]);
        if (each.type === 'live') {
          const expiresAt = `2030-01-01T${each.hour}:00:00.000Z`;
          const leaseId = each.id;
          world.live.set(leaseId, environmentOf({ leaseId, expiresAt }));
        } else if (each.type === 'end') {
          world.live.delete(each.id);
        } else if (each.type === 'look') {
          await looks[each.replica]();
        } else if (each.type === 'restart') {
          looks[each.replica] = await world.start();
        } else if (each.type === 'remove') {
          world.catalog.delete(`resource:default/environment-${each.id}`);
        } else {
          world.isDown = each.isDown;
        }
        const mayChange = each.type === 'remove' || !world.isDown;
        const after = JSON.stringify([...world.catalog]);
        expect(mayChange || after === before).toBe(true);
      }
      world.isDown = false;
      world.now += MINUTE;
      await looks[0]();
      expect(world.catalog).toEqual(world.wanted);
      await looks[1]();
      expect(world.catalog).toEqual(world.wanted);
    }),
  );
});

it('tells all at first, then differences and only those, and all again each minute and after a look that failed', async () => {
  const world = new World();
  const look = await world.start();
  await look();
  world.live.set('a', environmentOf());
  await look();
  expect(world.catalog).toEqual(world.wanted);
  await look();
  world.live.delete('a');
  await look();
  expect(world.catalog).toEqual(world.wanted);
  expect(world.mutations).toEqual(['full', 'delta', 'delta']);

  world.now += MINUTE;
  await look();
  world.isDown = true;
  await look();
  world.isDown = false;
  await look();
  await look();
  expect(world.mutations.slice(3)).toEqual(['full', 'full']);
  expect([...world.locationKeys]).toEqual(['jit:environments']);
});

it('warns once when the backend stays away, and says when it is back', async () => {
  const world = new World();
  const look = await world.start();
  world.isDown = true;
  for (let n = 0; n < 20; n++) {
    await look();
  }
  expect(world.logger.warn).toHaveBeenCalledTimes(1);
  world.isDown = false;
  await look();
  expect(world.logger.info).toHaveBeenCalledTimes(1);
});
