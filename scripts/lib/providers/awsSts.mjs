import { crashCases } from './crashCases.mjs';

const MODULE = 'plugins/jit-backend-module-aws/src';
const kit = title => ({ file: `${MODULE}/conformance.test.ts`, title });
const life = title => ({ file: `${MODULE}/life.test.ts`, title });
const moto = title => ({ file: `${MODULE}/moto.test.ts`, title });
const provider = title => ({
  file: `${MODULE}/provider/AwsStsProvider.test.ts`,
  title,
});

const STANDING = {
  because:
    'keys are made for the lease. What a person has by other ways into the role is never touched',
};

/** @type {import('./judge.mjs').ProviderCases} */
export const awsSts = {
  provider: 'aws.sts',
  peer: 'AWS emulator',
  cells: {
    grant: {
      tests: [
        kit('grants, is seen, works, and is gone after revoke'),
        kit('granting twice is granting once'),
        kit('grants only what was asked for'),
        provider('carry the lease, and die at its end to the second'),
      ],
    },
    use: {
      tests: [
        kit('the credentials given out last work, none after revoke'),
        provider(
          'are narrowed down by the session policy, and get no keys of other roles',
        ),
      ],
    },
    extend: {
      tests: [
        life(
          'lasts longer when extended: fresh keys do, those that are out keep their end',
        ),
      ],
    },
    earlyEnd: {
      tests: [
        life(
          'ends one of two leases of a person on one role early: its keys are dead, those of the other work on',
        ),
        life(
          'ends a lease on a role that cannot be edited when its keys die, and tells until when they live',
        ),
        kit('live sessions die with revoke'),
        provider(
          'kills exactly the sessions of its lease, and those that a mint under way still makes',
        ),
      ],
    },
    expiry: {
      tests: [
        life(
          'ends keys with the lease when its time is up, and changes nothing in AWS for that',
        ),
        provider(
          'are asked for at least a quarter of an hour, and die with a shorter lease',
        ),
        kit('lasts as long as it was told, outside too'),
      ],
    },
    overlap: {
      tests: [
        life(
          'ends one of two leases of a person on one role early: its keys are dead, those of the other work on',
        ),
        provider('by two replicas at once lose no denial'),
        provider(
          'than there is room for are denied together, others on it get fresh keys, and nothing else is hit',
        ),
      ],
    },
    standing: STANDING,
    drift: {
      tests: [
        life(
          'is noticed where it deleted the role: no more keys, and the end finds all of them dead',
        ),
        life(
          'is noticed where the role trusts us no more: no more keys, and those that are out are ended with the lease',
        ),
        life(
          'does not end a lease where it took the right to edit the role away: it waits, says what is needed, and goes on',
        ),
        provider(
          'is looked for in the policy itself: one that was changed by hand, or of another ledger, is none',
        ),
      ],
    },
    crash: {
      tests: [
        ...crashCases(kit),
        kit('a grant that lands late is taken back'),
        provider('knows of keys that a process made when it died'),
      ],
    },
    rateLimit: {
      tests: [
        kit('too many requests says when to come back'),
        life(
          'leaves AWS alone for ten minutes when it is told to, without an attempt',
        ),
        {
          file: `${MODULE}/storm.test.ts`,
          title:
            'all get keys, all keys of ended ones are dead, no limit is exceeded, and each role is as before in the end',
        },
      ],
    },
  },
};

const ON_EMULATOR = {
  because: 'tried on the emulator, where what moto adds changes nothing of it',
};

/** What IAM's own policies add, which the emulator lacks. @type {import('./judge.mjs').ProviderCases} */
export const awsStsOnMoto = {
  provider: 'aws.sts',
  peer: 'moto',
  cells: {
    grant: ON_EMULATOR,
    use: {
      tests: [moto('lets keys die at the end of the lease to the second')],
    },
    extend: ON_EMULATOR,
    earlyEnd: {
      tests: [
        moto('ends exactly its keys early, and leaves the role as it was'),
      ],
    },
    expiry: {
      tests: [moto('lets keys die at the end of the lease to the second')],
    },
    overlap: {
      tests: [
        moto('ends exactly its keys early, and leaves the role as it was'),
        moto('loses none of many ends at once by two replicas'),
      ],
    },
    standing: STANDING,
    drift: {
      tests: [moto('loses none of many ends at once by two replicas')],
    },
    crash: ON_EMULATOR,
    rateLimit: ON_EMULATOR,
  },
};
