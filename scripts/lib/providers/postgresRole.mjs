import { crashCases } from './crashCases.mjs';

const MODULE = 'plugins/jit-backend-module-postgres/src';
const kit = title => ({
  file: `${MODULE}/provider/conformance.test.ts`,
  title,
});

/** @type {import('./judge.mjs').ProviderCases} */
export const postgresRole = {
  provider: 'postgres.role',
  peer: 'PostgreSQL 18',
  cells: {
    grant: {
      tests: [
        kit('grants, is seen, works, and is gone after revoke'),
        kit('granting twice is granting once'),
        kit('grants only what was asked for'),
        {
          file: `${MODULE}/provider/PostgresRoleProvider.test.ts`,
          title:
            'gives the rights of the roles for a while, and takes back all of it',
        },
      ],
    },
    use: {
      tests: [
        kit('the credentials given out last work, none after revoke'),
        {
          file: `${MODULE}/provider/PostgresRoleProvider.test.ts`,
          title: 'makes a new password each time, which stands in no statement',
        },
      ],
    },
    extend: { tests: [kit('moves the outside expiry when extended')] },
    earlyEnd: {
      tests: [
        kit('live sessions die with revoke'),
        {
          file: `${MODULE}/revoke/adversary.test.ts`,
          title: 'reconnects as fast as it can, on all its sessions',
        },
        {
          file: `${MODULE}/revoke/adversary.test.ts`,
          title:
            'sets its own password all the time, from a session and from new ones',
        },
      ],
    },
    expiry: {
      tests: [
        kit('lasts as long as it was told, outside too'),
        {
          file: 'plugins/jit-backend/src/crash/realDatabase.test.ts',
          title:
            'ends at the server itself while no backend is alive, and no secret of it is in any log',
        },
      ],
    },
    overlap: {
      because: 'each lease has a role of its own, so leases share nothing',
    },
    standing: {
      because:
        'the role is made for the lease: nobody can have had it before. What a person has by other logins is never touched',
    },
    drift: {
      tests: [
        {
          file: 'plugins/jit-backend/src/reconcile/realDatabase.test.ts',
          title: 'is noticed where it dropped the role of a lease',
        },
        {
          file: 'plugins/jit-backend/src/reconcile/realDatabase.test.ts',
          title: 'is taken back where it made the role of an ended lease again',
        },
        kit('lists exactly what carries our mark'),
        kit('a foreign thing of the same name is left alone and reported'),
      ],
    },
    crash: {
      tests: [
        ...crashCases(kit),
        kit('an extension that crashed anywhere can be made again'),
        kit('a grant that lands late is taken back'),
      ],
    },
    rateLimit: {
      because:
        'a PostgreSQL server has no rate limit; one without a free connection counts as away',
    },
  },
};
