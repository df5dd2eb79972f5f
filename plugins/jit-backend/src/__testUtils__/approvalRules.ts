import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { JIT_CONFIG } from './jitConfig';
import { ENTITIES, group, ORDERS_DB, TRUSTED, user } from './people';

export const HOUR = 3_600_000;
export const LEAD = 'user:default/olga';
export const SAM = 'user:default/sam';
export const SUE = 'user:default/sue';
export const BOSS = 'user:default/boss';
export const DUO = 'user:default/duo';
export const ADA = 'user:default/ada';
export const BOB = 'user:default/bob';
export const KIM = 'user:default/kim';

export const write = {
  id: 'write',
  title: 'Orders, write',
  provider: 'fake.access',
  connection: 'main',
  parameters: { name: 'reader' },
  targets: { entityRefs: [ORDERS_DB] },
  eligible: [{ group: 'group:default/orders' }],
  duration: { default: '1h', maximum: '4h' },
  extension: { maximum: '1h', times: 2 },
  limits: { perSubject: 1 },
  approval: {
    auto: [{ user: 'user:default/bob' }],
    steps: [
      { approvers: [{ owner: true }] },
      { approvers: [{ group: 'group:default/security' }] },
    ],
    expires: '8h',
  },
};

export const managed = {
  ...write,
  id: 'managed',
  title: 'By the manager',
  approval: {
    steps: [
      {
        approvers: [{ manager: true }],
        escalation: { after: '1h', to: [{ group: 'group:default/security' }] },
      },
    ],
  },
};

export const helped = {
  ...write,
  id: 'helped',
  title: 'For others too',
  onBehalf: { by: [{ group: 'group:default/owners' }] },
  approval: {
    steps: [{ approvers: [{ group: 'group:default/security' }] }],
  },
};

/** By two of one group. */
export const paired = {
  ...write,
  id: 'paired',
  title: 'By two',
  approval: {
    steps: [{ approvers: [{ group: 'group:default/security' }], count: 2 }],
  },
};

export const daily = {
  ...write,
  id: 'daily',
  title: 'By day',
  hours: { timezone: 'UTC', windows: ['Mon-Sun 08:00-18:00'] },
  approval: {
    steps: [{ approvers: [{ group: 'group:default/security' }] }],
  },
};

export const glass = {
  ...write,
  id: 'glass',
  title: 'In an emergency',
  deny: [{ user: 'user:default/mallory' }],
  breakGlass: { groups: ['group:default/sre'], reviewWithin: '24h' },
};

const PEOPLE = {
  people: {
    trustedLocations: [TRUSTED],
    managerAnnotation: 'example.net/manager',
  },
};

export const crowded = {
  ...glass,
  id: 'crowded',
  title: 'For one at a time',
  limits: { perProfile: 1 },
};

/** Beyond what the connection may ever touch. */
export const beyond = {
  ...glass,
  id: 'beyond',
  title: 'Too much',
  parameters: {
    name: { value: '${{ parameters.name }}', allow: ['reader', 'writer'] },
  },
};

export function jitWith(profiles: JsonObject[]): JsonObject {
  return {
    ...PEOPLE,
    profiles: [...JIT_CONFIG.profiles, ...profiles] as JsonObject[],
    bundles: [
      { id: 'fix', title: 'Everything for a fix', parts: ['read', 'write'] },
    ],
  };
}

/** A catalog of one's own, to change. */
export function catalog(): Entity[] {
  const ada = user('ada', ['orders'], { 'example.net/manager': 'boss' });
  return [
    ...ENTITIES.filter(({ metadata }) => metadata.name !== 'ada'),
    ada,
    group('security'),
    group('blue', 'security'),
    user('sam', ['security']),
    user('sue', ['blue']),
    group('sre'),
    user('kim', ['sre']),
    user('mallory', ['sre']),
    user('boss', []),
    user('duo', ['orders', 'owners', 'security']),
  ];
}

export const ask = (profileId: string, more: object = {}) => ({
  leases: [{ profileId, entityRef: ORDERS_DB }],
  ...more,
});
