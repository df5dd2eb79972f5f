import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { EngineBench } from './__testUtils__/EngineBench';
import { insertProfile } from './database/operations/profiles/insertProfile';
import { eligibilityCall } from './engine/eligibilityCall';
import {
  BundleRegistry,
  CatalogDirectory,
  EligibilityChecker,
  pinSubjectProfile,
  ProfileRegistry,
} from './policy';
import { pinProfile } from './policy/pinProfile';
import {
  entityFor,
  profileFor,
  providerFor,
} from './policy/__testUtils__/fixtures';
import { placedRequest } from './requests/placedRequest';
import { RequestResolver } from './requests/RequestResolver';

jest.setTimeout(60_000);

const ADA = 'user:default/ada';
const TEAM = 'group:default/orders-team';
const ORIGIN = 'url:https://git.example/acme/org/users.yaml';
const PINNED = {
  email: 'ada@example.com',
  annotations: { 'okta.com/login': 'ada' },
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function directoryOf(options: {
  email?: string;
  trustedLocations?: string[];
  origin?: string;
}) {
  const { email = 'ada@example.com', origin = ORIGIN } = options;
  return new CatalogDirectory({
    catalog: catalogServiceMock({
      entities: [
        entityFor(ADA, {
          memberOf: [TEAM],
          origin,
          annotations: { 'okta.com/login': 'ada', 'acme.example/desk': '4' },
          spec: { profile: { email, displayName: 'Ada' } },
        }),
        entityFor(TEAM, { origin: ORIGIN }),
      ],
    }),
    auth: mockServices.auth(),
    timeoutMs: 5_000,
    trustedLocations: options.trustedLocations,
  });
}

it('runs on both databases', () => {
  expect(databases.eachSupportedId()).toHaveLength(2);
});

describe('who the subject is to other systems', () => {
  it('is pinned when asked, and a request without it is refused', async () => {
    const profile = profileFor({ targets: undefined });
    const profiles: Partial<ProfileRegistry> = {
      get: () => profile,
      providerOf: () => providerFor({ subjectFields: { email: true } }),
      pin: () => pinProfile({ profile, kind: 'access' }),
      lookAgain: async () => undefined,
    };
    const bundles = BundleRegistry.create({
      bundles: [],
      profiles: { get: () => profile, list: () => [profile] },
      providers: new Map(),
    });
    const ask = async (trustedLocations?: string[]) => {
      const resolver = new RequestResolver({
        profiles: profiles as ProfileRegistry,
        bundles,
        directory: directoryOf({ trustedLocations }),
        contextSources: { ask: async () => [] },
        operators: [],
        lastCopy: async () => undefined,
      });
      const { parts } = await resolver.resolve(
        { leases: [{ profileId: profile.id, duration: 'PT15M' }] },
        { requester: ADA, subject: ADA },
      );
      return parts[0];
    };
    expect(await ask([ORIGIN])).toMatchObject({
      part: { subjectProfile: { email: PINNED.email } },
    });
    expect(await ask()).toMatchObject({
      refusal: {
        message: expect.stringContaining(
          `needs the e-mail address of ${ADA} from the catalog, out of a location that jit.people.trustedLocations names`,
        ),
      },
    });
  });

  it('is read of users from trusted locations only, and nothing but what the provider asks for is pinned', async () => {
    const profileOf = async (options: Parameters<typeof directoryOf>[0]) => {
      const found = await directoryOf(options).lookUpSubject(ADA);
      return found.status === 'found' ? found.subject.profile : found.status;
    };
    const trustedLocations = [ORIGIN];
    const profile = await profileOf({ trustedLocations });
    expect(profile).toMatchObject(PINNED);
    expect(await profileOf({})).toBeUndefined();
    expect(
      await profileOf({
        trustedLocations,
        origin: 'url:https://git.example/x',
      }),
    ).toBe('gone');

    const pin = (fields: JitProvider['subjectFields']) =>
      typeof profile === 'object' && pinSubjectProfile({ fields, profile });
    expect(pin({ email: true, annotations: ['okta.com/login'] })).toEqual(
      PINNED,
    );
    expect(pin({ email: true })).toEqual({ email: PINNED.email });
    expect(pin({ annotations: ['github.com/user-login'] })).toBeUndefined();
    expect(pin(undefined)).toBeUndefined();
  });

  it('is part of what tells one entitlement from another', () => {
    const provider = providerFor({
      entitlementKey: ({ lease }) => lease.subjectProfile!.email!,
    });
    const place = (email: string) =>
      placedRequest(
        {
          requester: ADA,
          subject: ADA,
          parts: [
            {
              pinned: pinProfile({
                profile: profileFor({ targets: undefined }),
                kind: 'access',
              }),
              provider,
              subjectProfile: { email },
              durationMs: 60_000,
              rule: 'of the test',
              steps: [],
            },
          ],
          steps: [],
          asked: { leases: [] },
        },
        0,
      ).leases[0];
    const first = place('ada@example.com');
    expect(first.lease.subjectProfile).toEqual({ email: 'ada@example.com' });
    expect(place('ada@example.com').entitlement.id).toBe(first.entitlement.id);
    expect(place('eve@example.com').entitlement.id).not.toBe(
      first.entitlement.id,
    );
  });
});

describe.each(databases.eachSupportedId())('on %s', databaseId => {
  const bench = async () =>
    await EngineBench.create(
      await databases.init(databaseId as TestDatabaseId),
      { provider: { shared: true, marks: false } },
    );

  it('reaches the provider with every call, to the end', async () => {
    const b = await bench();
    const engine = b.engine();
    const id = await b.ask({ subjectProfile: PINNED, durationMs: 60_000 });
    const calls = [
      jest.spyOn(b.provider, 'inspect'),
      jest.spyOn(b.provider, 'grant'),
      jest.spyOn(b.provider, 'revoke'),
    ];
    await b.run([engine], async () => await b.atRest());
    expect((await b.lease(id)).state).toBe('revoked');
    for (const call of calls) {
      expect(call).toHaveBeenCalled();
      for (const [ctx] of call.mock.calls) {
        expect(ctx.lease.subjectProfile).toEqual(PINNED);
      }
    }
    await engine.stop();
  });

  it('must still be the same when the lease is granted', async () => {
    const b = await bench();
    const pinned = pinProfile({
      profile: profileFor({ targets: undefined }),
      kind: 'access',
    });
    await insertProfile(b.ledger, pinned);
    const profileHash = pinned.hash;
    const lease = await b.lease(
      await b.ask({ subjectProfile: PINNED, profileHash }),
    );
    const ask = async (email?: string, trustedLocations = [ORIGIN]) =>
      await eligibilityCall({
        ledger: b.ledger,
        systems: b.systems(),
        checker: new EligibilityChecker({
          directory: directoryOf({ email, trustedLocations }),
          lastCopy: async () => undefined,
        }),
      })(lease, new AbortController().signal);
    expect(await ask()).toEqual({
      operation: 'eligibility',
      verdict: { eligible: true },
    });
    expect(await ask('eve@example.com')).toMatchObject({
      verdict: {
        eligible: false,
        rule: expect.stringContaining('have changed since'),
        gone: false,
      },
    });
  });

  it('hands what is known of a shared thing to a lease that joins, and on to the lease that stays', async () => {
    const b = await bench();
    const engine = b.engine();
    const first = await b.ask({ durationMs: 10 * 60_000 });
    await b.work(engine);
    const { handle } = await b.lease(first);
    expect(handle).toBeDefined();
    jest
      .spyOn(b.provider, 'grant')
      .mockResolvedValue({ done: false, lookAgainIn: { hours: 1 } });
    const second = await b.ask();
    await b.work(engine);
    expect(await b.lease(second)).toMatchObject({ state: 'granting' });
    expect((await b.lease(second)).handle).toBeUndefined();
    const calls = jest.mocked(b.provider.grant).mock.calls;
    expect(calls.map(([ctx]) => [ctx.lease.id, ctx.handle])).toEqual([
      [second, handle],
    ]);

    b.clock.advance(10 * 60_000);
    await b.work(engine);
    expect(await b.lease(first)).toMatchObject({ kept: 'shared' });
    expect((await b.lease(second)).handle).toEqual(handle);
    await engine.stop();
  });
});
