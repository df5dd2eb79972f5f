const MODULE = 'plugins/jit-backend-module-okta/src';
const kit = title => ({ file: `${MODULE}/conformance.test.ts`, title });
const life = title => ({ file: `${MODULE}/life.test.ts`, title });
const drift = title => ({ file: `${MODULE}/drift.test.ts`, title });
const storm = {
  file: `${MODULE}/storm.test.ts`,
  title:
    'are all granted once and all gone, within the limit of the connection, and who was in the group before stays',
};

/** @type {import('./judge.mjs').ProviderCases} */
export const oktaGroup = {
  provider: 'okta.group',
  peer: 'Okta emulator',
  cells: {
    grant: {
      tests: [
        kit('grants, is seen, works, and is gone after revoke'),
        kit('granting twice is granting once'),
        kit('grants only what was asked for'),
      ],
    },
    use: {
      tests: [
        {
          file: `${MODULE}/provider/OktaGroupProvider.test.ts`,
          title:
            'commits whom and what it is about before the membership is made',
        },
        life(
          'says before asking what is made, what stays, and what is in the way',
        ),
      ],
    },
    extend: {
      tests: [
        life('lasts longer when extended, and asks nothing of Okta for that'),
      ],
    },
    earlyEnd: {
      tests: [
        {
          file: `${MODULE}/provider/OktaGroupProvider.test.ts`,
          title:
            'signs the person out only where the profile asks, and only after they are out of the group',
        },
      ],
    },
    expiry: {
      tests: [life('takes the membership back when its time is up, by itself')],
    },
    overlap: {
      tests: [
        life('keeps the membership for the last of two leases on it'),
        kit(
          'the end of one lease against the start of another leaves what is asked for',
        ),
        kit('leases of one subject share an entitlement, of two they do not'),
      ],
    },
    standing: {
      tests: [
        life(
          'never touches what a standing member holds, through overlapping leases',
        ),
        kit('standing access is seen before a grant'),
      ],
    },
    drift: {
      tests: [
        drift(
          'is noticed where it removed a membership, and ends all leases on it and no other',
        ),
        drift(
          'is the same membership where it added somebody who is in: it goes with the last lease, and what is added after that stays',
        ),
        drift('is noticed where it deleted an account or a group'),
        drift(
          'changes nothing of a lease where a group rule took the group over, until it ends and tells what that did',
        ),
        kit('lists which of the expected are there, and no others'),
        kit('a list of what is there costs no request a lease'),
      ],
    },
    crash: {
      tests: [
        kit('a grant that crashed anywhere can be made again'),
        kit('a grant that crashed anywhere can be taken back'),
        kit('a revoke that crashed anywhere can be made again'),
        kit('a look that was cut off is never absent'),
        kit('a grant that lands late is taken back'),
      ],
    },
    rateLimit: {
      tests: [
        kit('too many requests says when to come back'),
        life(
          'waits out a 429 without an attempt, and survives failures after success',
        ),
        storm,
      ],
    },
  },
};
