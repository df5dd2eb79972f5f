import { Entity } from '@backstage/catalog-model';
import { ownerOf } from './ownerOf';

const ADA = 'user:default/ada';
const API = 'component:default/orders-api';

function entities(relations: Record<string, Array<[string, string]>>) {
  return new Map(
    Object.entries(relations).map(([ref, list]) => [
      ref,
      {
        relations: list.map(([type, targetRef]) => ({ type, targetRef })),
      } as Entity,
    ]),
  );
}

it.each<[string, Record<string, Array<[string, string]>>, string]>([
  [
    'the group that owns the target, of those that the requester is in',
    {
      [ADA]: [
        ['memberOf', 'group:default/admins'],
        ['memberOf', 'group:default/orders'],
      ],
      [API]: [['ownedBy', 'group:default/orders']],
    },
    'group:default/orders',
  ],
  [
    'the first of their groups when the target is of others',
    {
      [ADA]: [
        ['memberOf', 'group:default/orders'],
        ['memberOf', 'group:default/admins'],
      ],
      [API]: [['ownedBy', 'group:default/shop']],
    },
    'group:default/admins',
  ],
  [
    'the first of their groups when there is no such target',
    { [ADA]: [['memberOf', 'group:default/orders']] },
    'group:default/orders',
  ],
  [
    'the requester, when a person owns the target, and they are in no group',
    { [ADA]: [], [API]: [['ownedBy', 'user:default/eve']] },
    ADA,
  ],
  ['the requester, when the catalog does not know them', {}, ADA],
])('is %s', (_, relations, owner) => {
  expect(ownerOf({ requester: ADA, entityRef: API }, entities(relations))).toBe(
    owner,
  );
});
