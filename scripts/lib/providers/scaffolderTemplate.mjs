const MODULE = 'plugins/jit-backend-module-scaffolder/src';
const kit = title => ({ file: `${MODULE}/conformance.test.ts`, title });
const teardown = title => ({
  file: 'plugins/scaffolder-backend-module-jit/src/teardown.test.ts',
  title,
});

/** @type {import('./judge.mjs').ProviderCases} */
export const scaffolderTemplate = {
  provider: 'scaffolder.template',
  peer: 'Backstage’s scaffolder',
  cells: {
    grant: {
      tests: [
        kit('grants, is seen, works, and is gone after revoke'),
        kit('granting twice is granting once'),
        kit('grants only what was asked for'),
        teardown(
          'of the same name from elsewhere is not run: neither registered, nor at the end',
        ),
      ],
    },
    use: {
      because:
        'what a template made is whatever it is: nobody here knows its use',
    },
    extend: {
      because:
        'what a template made has no end of its own outside: the ledger alone moves it',
    },
    earlyEnd: {
      tests: [
        teardown(
          'runs at the end as a service without a person, and is looked after',
        ),
        teardown('ends unverified where nobody looks'),
        teardown(
          'is run again while it fails, says where without the words of its steps, and ends when it is mended',
        ),
      ],
    },
    expiry: { tests: [kit('lasts as long as it was told, outside too')] },
    overlap: {
      because: 'each lease is about a thing of its own: leases share nothing',
    },
    standing: {
      because: 'what a template made belongs to its lease alone',
    },
    drift: {
      because:
        'what a template made cannot be listed: it is looked at when its lease ends',
    },
    crash: {
      tests: [
        kit('a grant that crashed anywhere can be made again'),
        kit('a grant that crashed anywhere can be taken back'),
        kit('a revoke that crashed anywhere can be made again'),
        kit('a revoke that was cut off is done only when all is gone'),
        kit('a look that was cut off is never absent'),
        kit('a revoke that lands late does no harm'),
        {
          file: 'plugins/jit-backend/src/crash/realKills.test.ts',
          title:
            'leaves nothing on real systems, and runs a template once, at whichever request a backend process is killed',
        },
        {
          file: `${MODULE}/provider/revoke.test.ts`,
          title:
            'starts each run once, wherever the process dies between two commits',
        },
      ],
    },
    rateLimit: {
      because: 'the portal’s own catalog and scaffolder have no rate limit',
    },
  },
};
