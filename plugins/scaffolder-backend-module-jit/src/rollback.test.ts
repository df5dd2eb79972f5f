import { putPageTemplates } from './__testUtils__/pageTemplates';
import { ScaffolderBench } from './__testUtils__/ScaffolderBench';

jest.setTimeout(120_000);

const MAKE_TWO_AND_FAIL = {
  parameters: { properties: { name: { type: 'string' } } },
  steps: [
    {
      id: 'page',
      action: 'test:page:make',
      input: { name: '${{ parameters.name }}' },
    },
    {
      id: 'end',
      action: 'jit:teardown:register',
      input: {
        profileId: 'preview-page',
        values: { name: '${{ parameters.name }}' },
      },
    },
    {
      id: 'database',
      action: 'jit:environment:create',
      input: {
        profileId: 'orders-scratch',
        entityRef: 'component:default/orders-service',
      },
    },
    { id: 'third', action: 'test:may-fail' },
  ],
};

const ROLL_BACK = {
  id: 'rollback',
  action: 'jit:task:rollback',
  if: '${{ failure() }}',
};

describe('what the steps of a task made', () => {
  let bench: ScaffolderBench;

  beforeAll(async () => {
    bench = await ScaffolderBench.start();
    putPageTemplates(bench);
  });

  afterAll(async () => {
    await bench.stop();
  });

  it('is taken back when a later step fails, and made anew when the task is retried after that', async () => {
    bench.pages.failing = true;
    const options = { values: { name: 'spring' } };
    const failed = await bench.run(MAKE_TWO_AND_FAIL, options);
    expect(failed.status).toBe('failed');
    expect(failed.log.join()).toContain(
      'Provisional until this task completes: if it fails, this is ended',
    );
    expect(bench.pages.names).toContain('spring');
    expect(await bench.world.things()).not.toEqual([]);

    await bench.lookAtTasks();
    const gone = await bench.untilGone(failed.id);
    expect(gone.map(({ endReason }) => endReason)).toEqual([
      'failed',
      'failed',
    ]);
    expect(bench.pages.names).not.toContain('spring');
    expect(await bench.world.things()).toEqual([]);

    bench.pages.failing = false;
    await bench.scaffolder('POST', `/v2/tasks/${failed.id}/retry`, {
      body: {},
    });
    const retried = await bench.finished(failed.id);
    expect(retried.status).toBe('completed');
    expect(retried.log.join()).toContain('of an earlier run is over');
    await bench.lookAtTasks();
    const leases = await bench.leasesOf(failed.id);
    expect(leases.map(({ state }) => state).sort()).toEqual([
      'active',
      'active',
      'revoked',
      'revoked',
    ]);
    expect(bench.pages.names).toContain('spring');
  });

  it('is taken back by a step for that, which says in the log of the task when each is gone', async () => {
    const before = await bench.world.things();
    bench.pages.failing = true;
    const options = { values: { name: 'april' } };
    const steps = [...MAKE_TWO_AND_FAIL.steps, ROLL_BACK];
    const failed = await bench.run({ ...MAKE_TWO_AND_FAIL, steps }, options);
    expect(failed.status).toBe('failed');
    expect(failed.error).toContain('It failed');

    const gone = await bench.leasesOf(failed.id);
    expect(gone.map(({ state }) => state)).toEqual(['revoked', 'revoked']);
    for (const { id, profileTitle, verifiedAt } of gone) {
      const name = `ease ${id.slice(0, 8)}…`;
      expect(failed.log).toContain(`Ending l${name}: ${profileTitle}`);
      expect(failed.log).toContain(
        `L${name} is gone, verified ${verifiedAt!.slice(11, 19)} UTC`,
      );
    }
    expect(bench.pages.names).not.toContain('april');
    expect(await bench.world.things()).toEqual(before);

    bench.pages.failing = false;
    await bench.scaffolder('POST', `/v2/tasks/${failed.id}/retry`, {
      body: {},
    });
    const retried = await bench.finished(failed.id);
    expect(retried.status).toBe('completed');
    await bench.lookAtTasks();
    const anew = (await bench.leasesOf(failed.id)).slice(gone.length);
    expect(anew.map(({ state }) => state)).toEqual(['active', 'active']);
  });

  it('is said to be on its way by that step when it is not gone in time', async () => {
    bench.pages.failing = true;
    await bench.world.setCondition({ condition: { down: true } });
    const [, , make, fail] = MAKE_TWO_AND_FAIL.steps;
    const steps = [
      { ...make, input: { ...make.input, wait: { seconds: 0 } } },
      fail,
      { ...ROLL_BACK, input: { wait: { seconds: 1 } } },
    ];
    const failed = await bench.run({ steps });
    await bench.world.setCondition({ condition: { down: false } });
    const [{ id }] = await bench.untilGone(failed.id);
    const ending = failed.log.findIndex(line =>
      line.startsWith('Ending lease'),
    );
    expect(failed.log.slice(ending).join()).toContain(
      `Not waiting any longer. The step ends here, the lease goes on: http://portal.example.net/just-in-time?lease=${id}`,
    );
    expect(failed.log.join()).not.toContain('is gone');
  });

  it('is found again when the task is retried before that', async () => {
    bench.pages.failing = true;
    const options = { values: { name: 'summer' } };
    const failed = await bench.run(MAKE_TWO_AND_FAIL, options);
    const before = await bench.leasesOf(failed.id);

    bench.pages.failing = false;
    await bench.scaffolder('POST', `/v2/tasks/${failed.id}/retry`, {
      body: {},
    });
    const retried = await bench.finished(failed.id);
    expect(retried.status).toBe('completed');
    await bench.lookAtTasks();
    const after = await bench.leasesOf(failed.id);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const { state, origin } of after) {
      expect([state, origin?.settled]).toEqual(['active', true]);
    }
  });

  it('is taken back when the task is cancelled half-way', async () => {
    bench.pages.failing = false;
    await bench.world.setCondition({ condition: { down: true } });
    const id = await bench.begin(MAKE_TWO_AND_FAIL, {
      values: { name: 'autumn' },
    });
    await bench.until(id, leases => leases.length === 2);
    await bench.scaffolder('POST', `/v2/tasks/${id}/cancel`);
    const done = await bench.finished(id);
    expect(done.status).toBe('failed');
    await bench.world.setCondition({ condition: { down: false } });

    await bench.lookAtTasks();
    await bench.untilGone(id);
    expect(bench.pages.names).not.toContain('autumn');
  });

  it('stays while the task runs, and is a lease of its own for each task', async () => {
    bench.pages.failing = false;
    const first = await bench.run(MAKE_TWO_AND_FAIL, {
      values: { name: 'winter' },
    });
    const second = await bench.run(MAKE_TWO_AND_FAIL, {
      values: { name: 'winter' },
    });
    const ids = [first, second].map(async ({ id }) => await bench.leasesOf(id));
    const [one, two] = await Promise.all(ids);
    expect(one).toHaveLength(2);
    expect(two).toHaveLength(2);
    expect(new Set([...one, ...two].map(({ id }) => id)).size).toBe(4);
  });
});
