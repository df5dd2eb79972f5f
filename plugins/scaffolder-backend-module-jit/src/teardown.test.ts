import { JsonObject } from '@backstage/types';
import { putPageTemplates, REMOVE_PAGE } from './__testUtils__/pageTemplates';
import { ScaffolderBench } from './__testUtils__/ScaffolderBench';

jest.setTimeout(120_000);

const FAILS: JsonObject = {
  ...REMOVE_PAGE,
  steps: [{ id: 'unhinge', action: 'test:may-fail' }],
};

describe('a teardown template', () => {
  let bench: ScaffolderBench;

  beforeAll(async () => {
    bench = await ScaffolderBench.start();
  });

  beforeEach(() => {
    putPageTemplates(bench);
    bench.pages.failing = false;
    bench.pages.names.clear();
    bench.pages.removedAs.length = 0;
  });

  afterAll(async () => {
    await bench.stop();
  });

  async function make(profileId = 'preview-page') {
    return await bench.run({
      steps: [
        { action: 'test:page:make', input: { name: 'spring' } },
        {
          action: 'jit:teardown:register',
          input: { profileId, values: { name: 'spring' } },
        },
      ],
    });
  }

  async function end(taskId: string) {
    const [{ id }] = await bench.leasesOf(taskId);
    await bench.jit.endLease(id, {}, { token: bench.token() });
  }

  it('runs at the end as a service without a person, and is looked after', async () => {
    const { id, status } = await make();
    expect(status).toBe('completed');
    expect(bench.pages.names).toContain('spring');
    await end(id);
    const [lease] = await bench.untilGone(id);
    expect(bench.pages.names).not.toContain('spring');
    expect(lease.verifiedAt).toBeDefined();
    expect(bench.pages.removedAs).toEqual([
      {
        principal: { type: 'service', subject: 'plugin:jit' },
        user: undefined,
      },
    ]);
  });

  it('ends unverified where nobody looks', async () => {
    const { id } = await make('unwatched-page');
    await end(id);
    const [lease] = await bench.untilGone(id);
    expect(bench.pages.names).not.toContain('spring');
    expect(lease).toMatchObject({ verified: false });
    expect(lease.verifiedAt).toBeUndefined();
  });

  it('is run again while it fails, says where without the words of its steps, and ends when it is mended', async () => {
    const { id } = await make();
    bench.putTemplate('remove-page', FAILS);
    bench.pages.failing = true;
    await end(id);
    const [stuck] = await bench.until(id, ([{ attempts }]) => attempts > 0);
    expect(stuck.state).toBe('revoking');
    expect(stuck.blockers).toEqual([
      expect.stringMatching(
        /^Template template:default\/remove-page failed in step unhinge \(task .*\)$/,
      ),
      expect.stringMatching(/look-for-page says that it is still there/),
    ]);
    expect(JSON.stringify(stuck)).not.toContain('hunter2');

    bench.putTemplate('remove-page', REMOVE_PAGE);
    const [lease] = await bench.untilGone(id);
    expect(lease.verifiedAt).toBeDefined();
    expect(bench.pages.names).not.toContain('spring');
  });

  it('that is gone itself is waited for', async () => {
    const { id } = await make();
    bench.removeTemplate('remove-page');
    await end(id);
    const [stuck] = await bench.until(id, ([{ attempts }]) => attempts > 0);
    expect(stuck.lastError).toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining(
        'There is no template template:default/remove-page in the catalog',
      ),
    });
    bench.putTemplate('remove-page', REMOVE_PAGE);
    await bench.untilGone(id);
    expect(bench.pages.names).not.toContain('spring');
  });

  it('of the same name from elsewhere is not run: neither registered, nor at the end', async () => {
    const location = 'url:https://mallory.example/templates/remove-page.yaml';
    const { id } = await make();
    bench.putTemplate('remove-page', REMOVE_PAGE, { location });
    const refused = await make();
    expect(refused.error).toMatch(/comes from elsewhere than the trusted loc/);

    await end(id);
    const [stuck] = await bench.until(id, ([{ attempts }]) => attempts > 0);
    expect(stuck.lastError).toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('comes from elsewhere'),
    });
    expect(bench.pages.names).toContain('spring');

    bench.putTemplate('remove-page', REMOVE_PAGE);
    await bench.untilGone(id);
    expect(bench.pages.names).not.toContain('spring');
  });

  it.each<[string, JsonObject, RegExp]>([
    [
      'needs secrets of the person',
      {
        ...REMOVE_PAGE,
        steps: [
          {
            action: 'test:page:remove',
            input: { name: '${{ secrets.USER_TOKEN }}' },
          },
        ],
      },
      /uses secrets of the person who starts it/,
    ],
    [
      'asks for secrets',
      {
        ...REMOVE_PAGE,
        secrets: {
          schema: { type: 'object', required: ['token'], properties: {} },
        },
      },
      /uses secrets of the person who starts it/,
    ],
    [
      'does not take the values',
      { ...REMOVE_PAGE, parameters: { required: ['region'] } },
      /does not take these values: .*region/,
    ],
    [
      'lets no further parameter through',
      {
        ...REMOVE_PAGE,
        parameters: {
          additionalProperties: false,
          properties: { name: { type: 'string' } },
        },
      },
      /allows no parameter jitLease/,
    ],
  ])('that %s is refused at once', async (_, template, message) => {
    bench.putTemplate('remove-page', template);
    const done = await make();
    expect(done.status).toBe('failed');
    expect(done.error).toMatch(message);
    expect(await bench.leasesOf(done.id)).toEqual([]);
  });

  it('is not taken for run because a person started a task with our mark', async () => {
    const first = await make('unwatched-page');
    await end(first.id);
    await bench.untilGone(first.id);
    const mark = await markOf(first.id);

    const { id } = await make('unwatched-page');
    const [lease] = await bench.leasesOf(id);
    const name = `jit_${lease.id.replace(/-/g, '')}`;
    expect(mark.name).toBe(`jit_${String(mark.id).replace(/-/g, '')}`);
    const forged = await bench.scaffolder('POST', '/v2/tasks', {
      body: {
        templateRef: 'template:default/look-for-page',
        values: { name: 'spring', jitLease: { ...mark, id: lease.id, name } },
      },
    });
    await bench.finished(String(forged.id));
    await end(id);
    await bench.untilGone(id);
    expect(bench.pages.names).not.toContain('spring');
  });

  /** The mark that the teardown of a task's lease carried. */
  async function markOf(taskId: string): Promise<JsonObject> {
    const [lease] = await bench.leasesOf(taskId);
    const { tasks } = (await bench.scaffolder('GET', '/v2/tasks')) as {
      tasks: JsonObject[];
    };
    const marks = tasks.map(({ spec }) => {
      const { parameters } = spec as { parameters: JsonObject };
      return (parameters.jitLease ?? {}) as JsonObject;
    });
    return marks.find(mark => mark.id === lease.id)!;
  }
});
