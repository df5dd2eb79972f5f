import { Lease } from '@backstage-jit/plugin-jit-common';
import { parse } from 'yaml';
import { ScaffolderBench } from '../__testUtils__/ScaffolderBench';
import { putPageTemplates } from '../__testUtils__/pageTemplates';
import { examples as createEnvironment } from './createEnvironment.examples';
import { examples as endLease } from './endLease.examples';
import { examples as extendLease } from './extendLease.examples';
import { examples as registerTeardown } from './registerTeardown.examples';
import { examples as requestAccess } from './requestAccess.examples';
import { examples as rollBackTask } from './rollBackTask.examples';
import { examples as waitForLease } from './waitForLease.examples';

jest.setTimeout(120_000);

const CREATE = {
  id: 'made',
  action: 'jit:environment:create',
  input: {
    profileId: 'orders-scratch',
    entityRef: 'component:default/orders-service',
  },
};

describe('the actions', () => {
  let bench: ScaffolderBench;

  beforeAll(async () => {
    bench = await ScaffolderBench.start();
    putPageTemplates(bench);
  });

  afterAll(async () => {
    await bench.stop();
  });

  it.each(
    [
      ...requestAccess,
      ...createEnvironment,
      ...registerTeardown,
      ...waitForLease,
      ...extendLease,
      ...endLease,
      ...rollBackTask,
    ].map(({ description, example }): [string, string] => [
      description,
      example,
    ]),
  )('do what their examples say: %s', async (_, example) => {
    const done = await bench.run(parse(example));
    expect(done).toMatchObject({ status: 'completed', error: undefined });
    const leases = await bench.leasesOf(done.id);
    expect(leases.length).toBeGreaterThan(0);
    for (const lease of leases) {
      expect(done.log.join()).toContain(`Lease ${lease.id.slice(0, 8)}`);
      expect(['active', 'revoked']).toContain(lease.state);
      expect(lease).toMatchObject({
        subject: 'user:default/ada',
        via: 'plugin:scaffolder',
      });
    }
  });

  it('tell the story of an environment, and hand on how to reach it', async () => {
    const done = await bench.run({
      steps: [CREATE],
      output: { made: '${{ steps.made.output }}' },
    });
    const [lease] = await bench.leasesOf(done.id);
    expect(done.output.made).toEqual({
      leaseId: lease.id,
      state: 'active',
      link: `http://portal.example.net/just-in-time?lease=${lease.id}`,
      endsAt: lease.expiresAt,
      facts: lease.facts,
      waiting: false,
    });
    const story = done.log.join('\n');
    expect(story).toMatch(
      /Lease .{8}… requested: Scratch database on component:default\/orders-service, for 1 h\n(?:Being set up\n)?Ready after .* s\n/,
    );
    expect(story).toContain(`name: ${lease.facts!.name}\n`);
    expect(story).toMatch(/Ends .* UTC, in 1 h\nProvisional until/);
  });

  it('ask for approval of a later end than what is moved at once', async () => {
    const access = {
      id: 'access',
      action: 'jit:access:request',
      input: {
        profileId: 'orders-db-write',
        entityRef: 'resource:default/orders-db',
        wait: '5m',
      },
    };
    const later = {
      id: 'later',
      action: 'jit:lease:extend',
      input: {
        leaseId: '${{ steps.access.output.leaseId }}',
        duration: '30m',
        reason: 'not done',
      },
    };
    const done = await bench.run({
      steps: [access, later],
      output: { later: '${{ steps.later.output }}' },
    });
    const [lease] = await bench.leasesOf(done.id);
    expect(done.output.later).toMatchObject({
      leaseId: lease.id,
      endsAt: lease.expiresAt,
      waiting: true,
    });
    expect(lease.extensionAsked).toMatchObject({ durationMs: 1_800_000 });
    expect(done.log.join('\n')).toMatch(
      /Waiting for approval of 30 min more, until .* UTC\nEnds .* UTC, in (30|29) min/,
    );
    await bench.jit.endLease(lease.id, {}, { token: bench.token() });
    await bench.untilGone(done.id);
  });

  it('make a bundle in its order, tell of each part, and end it as one', async () => {
    const input = {
      bundleId: 'scratch-with-access',
      entityRef: CREATE.input.entityRef,
      duration: '3h',
    };
    const done = await bench.run({
      steps: [{ ...CREATE, input }],
      output: { made: '${{ steps.made.output }}' },
    });
    const [database, access] = (await bench.leasesOf(done.id)).sort(
      (one, other) => one.bundle!.part - other.bundle!.part,
    );
    const partOf = ({ id, facts }: Lease) => ({
      leaseId: id,
      state: 'active',
      link: `http://portal.example.net/just-in-time?lease=${id}`,
      facts,
    });
    expect(done.output.made).toMatchObject({
      leaseId: database.id,
      waiting: false,
      parts: {
        'orders-scratch': partOf(database),
        'scratch-access': partOf(access),
      },
    });
    expect(access.parameters).toEqual({ name: 'scratch' });
    expect(access.expiresAt).toBe(database.expiresAt);
    const story = done.log.join('\n');
    expect(story).toMatch(
      /Part 1 of 2: Scratch database\n[^]*Ready[^]*Part 2 of 2: Access to the scratch database\n[^]*Ready/,
    );

    await bench.jit.endLease(access.id, {}, { token: bench.token() });
    await bench.untilGone(done.id);
  });

  it.each([
    [
      'both a profile and a bundle',
      { ...CREATE.input, bundleId: 'scratch-with-access' },
      /needs profileId or bundleId, one of both/,
    ],
    [
      'neither a profile nor a bundle',
      { entityRef: CREATE.input.entityRef },
      /needs profileId or bundleId, one of both/,
    ],
    [
      'a bundle that is not offered there',
      { bundleId: 'scratch-with-access' },
      /There is no bundle scratch-with-access without an entity/,
    ],
    [
      'a bundle for longer than all of its parts allow',
      {
        bundleId: 'scratch-with-access',
        entityRef: CREATE.input.entityRef,
        duration: '5h',
      },
      /scratch-with-access was not granted: .*4 h.* Correct the input/,
    ],
    [
      'a duration past the maximum',
      { ...CREATE.input, duration: '9h' },
      /orders-scratch was not granted: .*8 h.* Correct the input/,
    ],
    [
      'a profile that does not exist',
      { profileId: 'no-such' },
      /no-such was not granted: .*no-such/,
    ],
    [
      'a value that the profile does not allow',
      { profileId: 'branch-scratch', parameters: { branch: 'Robert; --' } },
      /parameters.branch is not a value that branch-scratch allows. Correct the input/,
    ],
    [
      'a wait that holds the slot too long',
      { ...CREATE.input, wait: '16m' },
      /wait must be at most 15m/,
    ],
    [
      'a wait that is none',
      { ...CREATE.input, wait: 'long' },
      /wait must be a duration/,
    ],
    [
      'a value that did not render',
      {
        profileId: 'branch-scratch',
        parameters: { branch: '${{ no.such | }}' },
      },
      /parameters.branch is not a value/,
    ],
  ])('refuse %s, and say what to do', async (_, input, message) => {
    const done = await bench.run({ steps: [{ ...CREATE, input }] });
    expect(done).toMatchObject({ status: 'failed' });
    expect(done.error).toMatch(message);
    expect(await bench.leasesOf(done.id)).toEqual([]);
  });

  it('refuse whom the profile does not name', async () => {
    const options = { person: 'user:default/eve' };
    const done = await bench.run({ steps: [CREATE] }, options);
    expect(done.error).toMatch(/was not granted: .*group:default\/orders/);
    expect(await bench.leasesOf(done.id)).toEqual([]);
  });

  it('write nothing in a dry run, and say what would be', async () => {
    const template = {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: { name: 'dry', namespace: 'default' },
      spec: { type: 'test', steps: [CREATE], output: {} },
    };
    const before = await bench.world.things();
    const dry = async (input: object) =>
      await bench.scaffolder('POST', '/v2/dry-run', {
        body: {
          template: {
            ...template,
            spec: { ...template.spec, steps: [{ ...CREATE, input }] },
          },
          values: {},
          directoryContents: [],
        },
      });
    const log = JSON.stringify(await dry(CREATE.input));
    expect(log).toContain('orders-scratch would be granted for 1 h');
    expect(await bench.world.things()).toEqual(before);
    await expect(dry({ ...CREATE.input, duration: '9h' })).rejects.toThrow(
      'orders-scratch would not be granted',
    );
  });

  it('stop waiting when told to, and leave the lease to go on', async () => {
    await bench.world.setCondition({ condition: { down: true } });
    const done = await bench.run({
      steps: [{ ...CREATE, input: { ...CREATE.input, wait: { seconds: 1 } } }],
      output: { waiting: '${{ steps.made.output.waiting }}' },
    });
    await bench.world.setCondition({ condition: { down: false } });
    expect(done).toMatchObject({
      status: 'completed',
      output: { waiting: true },
    });
    const [lease] = await bench.leasesOf(done.id);
    expect(done.log.join('\n')).toContain(
      `Not waiting any longer. The step ends here, the lease goes on: http://portal.example.net/just-in-time?lease=${lease.id}`,
    );
    await bench.until(done.id, ([{ state }]) => state === 'active');
  });
});
