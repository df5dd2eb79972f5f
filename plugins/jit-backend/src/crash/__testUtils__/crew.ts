import { Entity } from '@backstage/catalog-model';
import { FakeThing } from '@backstage-jit/plugin-jit-test-utils';

const SIZE = 20;

/** The people who lease things in the crash tests. */
export const PEOPLE = Array.from(
  { length: SIZE },
  (_, n) => `user:default/hand-${n}`,
);

/** Holds memberships for good, outside any lease. */
export const STANDING = PEOPLE[SIZE - 1];

/** Those memberships. */
export const STANDING_THINGS: FakeThing[] = ['membership', 'binding'].map(
  role => ({
    key: JSON.stringify([role, STANDING]),
    role,
    subject: STANDING,
  }),
);

/** The catalog of the crash tests: one group with everybody in it. */
export const CREW: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'crew', namespace: 'default' },
    spec: { type: 'team', children: [] },
  },
  ...PEOPLE.map(ref => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: ref.split('/')[1], namespace: 'default' },
    spec: { memberOf: ['crew'] },
    relations: [{ type: 'memberOf', targetRef: 'group:default/crew' }],
  })),
];
