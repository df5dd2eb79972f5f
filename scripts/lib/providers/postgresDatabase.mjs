import { crashCases } from './crashCases.mjs';

const MODULE = 'plugins/jit-backend-module-postgres/src/database';
const kit = title => ({ file: `${MODULE}/conformance.test.ts`, title });
const teardown = title => ({ file: `${MODULE}/teardown.test.ts`, title });
const provider = title => ({
  file: `${MODULE}/PostgresDatabaseProvider.test.ts`,
  title,
});

/** @type {import('./judge.mjs').ProviderCases} */
export const postgresDatabase = {
  provider: 'postgres.database',
  peer: 'PostgreSQL 18',
  cells: {
    grant: {
      tests: [
        kit('grants, is seen, works, and is gone after revoke'),
        kit('granting twice is granting once'),
        kit('grants only what was asked for'),
        provider(
          'gives an empty database to its holder alone, and takes all of it back',
        ),
        provider(
          'copies a template, and makes its holder the owner of what is in it',
        ),
      ],
    },
    use: {
      tests: [
        kit('the credentials given out last work, none after revoke'),
        kit('use is seen, and looking is no use'),
      ],
    },
    extend: { tests: [kit('moves the outside expiry when extended')] },
    earlyEnd: {
      tests: [
        kit('live sessions die with revoke'),
        kit('a last copy stays, lets nobody in, and is gone after revoke'),
        teardown('ends whoever reconnects faster than he is ended'),
        teardown(
          'says in words what is not its to end, and goes on when that is gone',
        ),
      ],
    },
    expiry: { tests: [kit('lasts as long as it was told, outside too')] },
    overlap: {
      because: 'each lease has a database of its own, so leases share nothing',
    },
    standing: {
      because:
        'the database is made for the lease: nobody can have had it before',
    },
    drift: {
      tests: [
        {
          file: 'plugins/jit-backend/src/reconcile/sweep.test.ts',
          title:
            'removes what is ours once an operator has said so, and leaves what looks like it',
        },
        kit('lists exactly what carries our mark'),
        kit('a foreign thing of the same name is left alone and reported'),
        teardown(
          'leaves alone what somebody has made theirs, and ends what was half dropped',
        ),
      ],
    },
    crash: {
      tests: [
        ...crashCases(kit),
        kit('an extension that crashed anywhere can be made again'),
        kit('a last copy that crashed anywhere can be made again'),
        kit('a grant that lands late is taken back'),
        {
          file: 'plugins/jit-backend/src/crash/realKills.test.ts',
          title:
            'leaves nothing on real systems, and makes a database once, at whichever statement a backend process is killed',
        },
      ],
    },
    rateLimit: {
      because:
        'a PostgreSQL server has no rate limit; one without a free connection counts as away',
    },
  },
};
