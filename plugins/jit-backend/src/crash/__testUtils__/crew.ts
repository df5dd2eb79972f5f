import { Entity } from '@backstage/catalog-model';
import { FakeThing, LIFE_ORIGIN } from '@backstage-jit/plugin-jit-test-utils';

const SIZE = 20;

/** The people who lease things in the crash tests. */
export const PEOPLE = Array.from(
  { length: SIZE },
  (_, n) => `user:default/hand-${n}`,
);

/** As the catalog says it; who they are in Okta is found by that. */
export function emailOf(person: string): string {
  return `${person.split('/')[1]}@example.com`;
}

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

const annotations = { 'backstage.io/managed-by-origin-location': LIFE_ORIGIN };

/** The catalog of the crash tests: one group with everybody in it. */
export const CREW: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'crew', namespace: 'default', annotations },
    spec: { type: 'team', children: [] },
  },
  ...PEOPLE.map(ref => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: ref.split('/')[1], namespace: 'default', annotations },
    spec: { profile: { email: emailOf(ref) }, memberOf: ['crew'] },
    relations: [{ type: 'memberOf', targetRef: 'group:default/crew' }],
  })),
];
