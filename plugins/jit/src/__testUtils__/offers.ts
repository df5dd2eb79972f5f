import { BundleOffer, ProfileOffer } from '@backstage-jit/plugin-jit-common';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const READ: ProfileOffer = {
  profileId: 'orders-db-read',
  title: 'Orders database, read only',
  description: 'SELECT on every table of the orders database',
  provider: 'postgres.role',
  kind: 'access',
  duration: {
    defaultMs: 30 * MINUTE,
    maximumMs: 4 * HOUR,
    choicesMs: [15 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR],
  },
  reason: { required: false },
  extension: { maximumMs: HOUR, times: 2 },
  automatic: true,
};

export const WRITE: ProfileOffer = {
  profileId: 'orders-db-write',
  title: 'Orders database, read and write',
  description: 'Changes real orders of real customers',
  provider: 'postgres.role',
  kind: 'access',
  duration: {
    defaultMs: 15 * MINUTE,
    maximumMs: HOUR,
    choicesMs: [15 * MINUTE, 30 * MINUTE, HOUR],
  },
  reason: { required: true, example: 'OPS-123 fix order 9' },
  automatic: true,
};

export const ADMIN: ProfileOffer = {
  ...WRITE,
  profileId: 'orders-db-admin',
  title: 'Orders database, administrator',
  description: undefined,
  reason: { required: true },
  refusal:
    'Only members of group:default/dba may lease this. Who is in which group and who owns what is kept in the catalog; the rules of orders-db-admin are kept by members of group:default/platform.',
};

export const REPORTS: ProfileOffer = {
  ...READ,
  profileId: 'orders-reports',
  title: 'Reports of one region',
  description: undefined,
  duration: { defaultMs: HOUR, maximumMs: 72 * HOUR, choicesMs: [] },
  parameters: [
    { name: 'region', choices: ['north', 'south', 'overseas'] },
    { name: 'schema' },
  ],
  automatic: false,
  approval: [
    { rule: 'owners of the target', count: 1 },
    { rule: 'members of group:default/security', count: 2 },
  ],
};

export const CLOSED: ProfileOffer = {
  ...READ,
  profileId: 'orders-archive',
  title: 'Archive of orders',
  description: undefined,
  closed: 'the connection archive does not answer',
};

export const DATABASE_AND_ACCESS: BundleOffer = {
  bundleId: 'database-and-access',
  title: 'Database and access to it',
  duration: { defaultMs: HOUR, maximumMs: 8 * HOUR, choicesMs: [] },
  reason: { required: false },
  automatic: true,
  parts: [
    {
      ...READ,
      profileId: 'branch-db',
      title: 'Database for a branch',
      provider: 'postgres.database',
      kind: 'infrastructure',
      keep: { forMs: 24 * HOUR },
      parameters: [{ name: 'branch' }],
    },
    {
      ...READ,
      profileId: 'branch-db-read',
      title: 'Read the database for a branch',
      parameters: [{ name: 'branch' }, { name: 'rows', choices: [10, 100] }],
    },
  ],
};
