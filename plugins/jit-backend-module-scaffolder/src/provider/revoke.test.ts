import { createLeaseContext } from '@backstage-jit/plugin-jit-test-utils';
import fc from 'fast-check';
import { MemoryScaffolder } from '../__testUtils__/MemoryScaffolder';
import { Template } from '../scaffolder';
import { ScaffolderTemplateProvider } from './ScaffolderTemplateProvider';
import { TemplateContext } from './runs';
import { TemplateHandle, TemplateParams } from './schemas';

const REMOVE = 'template:default/remove';
const LOOK = 'template:default/look';

function setUp(verify?: TemplateParams['verify']) {
  const scaffolder = new MemoryScaffolder();
  const location = 'file:/templates/all.yaml';
  const template: Template = {
    entity: {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: {
        name: 'any',
        annotations: { 'backstage.io/managed-by-origin-location': location },
      },
    },
    parameters: [],
    steps: [],
  };
  scaffolder.templates.set(REMOVE, template).set(LOOK, template);
  const provider = new ScaffolderTemplateProvider({
    scaffolder,
    address: 'http://portal.example.net',
  });
  const context = (handle?: TemplateHandle): TemplateContext =>
    createLeaseContext({
      params: { teardown: REMOVE, values: { name: 'spring' }, verify },
      connection: {
        name: 'templates',
        config: {
          ceiling: {
            templates: [REMOVE, LOOK],
            trustedLocations: [location],
            hosts: [],
          },
        },
      },
      handle,
      lease: { id: '00000000-0000-4000-8000-000000000001' },
      externalName: 'jit_00000000000000000000000000000001',
      mark: { installation: 'bench', ledgerId: 'ledger' },
    }) as TemplateContext;
  return { scaffolder, provider, context };
}

it('starts each run once, wherever the process dies between two commits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('commit', 'die', 'fail', 'complete'), {
        minLength: 1,
        maxLength: 60,
      }),
      fc.boolean(),
      async (moves, looks) => {
        const { scaffolder, provider, context } = setUp(
          looks ? { template: LOOK } : undefined,
        );
        let handle: TemplateHandle | undefined = { v: 1, registered: true };
        for (const move of moves) {
          if (move === 'fail' || move === 'complete') {
            scaffolder.finish(move === 'fail' ? 'failed' : 'completed');
            continue;
          }
          const progress = await provider.revoke(context(handle));
          // Who dies has done what it did, and committed nothing of it.
          handle = move === 'die' ? handle : progress.handle ?? handle;
        }
        const runs = scaffolder.tasks.map(({ values }) =>
          JSON.stringify(values.jitLease),
        );
        expect(new Set(runs).size).toBe(runs.length);
        expect(
          scaffolder.tasks.filter(({ status }) => status === 'open').length,
        ).toBeLessThanOrEqual(1);
      },
    ),
  );
});

/** Commits each step, and ends every task so, until a removal is through. */
async function tearDown(
  at: ReturnType<typeof setUp>,
  options: { handle: TemplateHandle; status: string; gone?: unknown },
): Promise<TemplateHandle> {
  let handle = options.handle;
  for (;;) {
    const progress = await at.provider.revoke(at.context(handle));
    handle = progress.handle ?? handle;
    if (progress.done) {
      return handle;
    }
    at.scaffolder.finish(
      options.status,
      options.gone === undefined ? {} : { gone: options.gone as boolean },
    );
  }
}

const REGISTERED: TemplateHandle = { v: 1, registered: true };

it.each([
  ['completed', undefined, undefined, { status: 'absent', verified: false }],
  ['failed', undefined, undefined, { status: 'present' }],
  ['cancelled', undefined, undefined, { status: 'present' }],
  ['completed', { template: LOOK }, true, { status: 'absent' }],
  ['completed', { template: LOOK }, false, { status: 'present' }],
  ['completed', { template: LOOK }, 'true', { status: 'present' }],
  ['completed', { template: LOOK }, undefined, { status: 'present' }],
])(
  'counts a teardown that is %s, looked after by %j that says %j, as %j',
  async (status, verify, gone, expected) => {
    const at = setUp(verify);
    const handle = await tearDown(at, { handle: REGISTERED, status, gone });
    const look = await at.provider.inspect(at.context(handle));
    expect(look).toMatchObject(expected);
    expect(look.verified).toBe('verified' in expected ? false : undefined);
  },
);

it('runs the template anew when it did not do, and says nothing before it has ended', async () => {
  const at = setUp();
  const first = await tearDown(at, { handle: REGISTERED, status: 'failed' });
  const second = await at.provider.revoke(at.context(first));
  const third = await at.provider.revoke(at.context(second.handle));
  expect(third.handle).toMatchObject({ attempt: 2, teardown: 'task-2' });
  expect(await at.provider.inspect(at.context(third.handle))).toMatchObject({
    status: 'pending',
  });
});

it('tears nothing down that was never registered and could not be, and says that it stays', async () => {
  const at = setUp();
  at.scaffolder.templates.delete(REMOVE);
  await expect(at.provider.grant(at.context())).rejects.toMatchObject({
    class: 'misconfigured',
  });
  expect(await at.provider.revoke(at.context())).toMatchObject({ done: true });
  expect(await at.provider.inspect(at.context())).toMatchObject({
    status: 'absent',
    verified: false,
    residual: expect.stringContaining('has no end'),
  });
  expect(at.scaffolder.tasks).toEqual([]);
});

it('denies what the ceiling does not name', () => {
  const { provider, context } = setUp();
  const { connection, params } = context();
  const refused = (changes: Partial<TemplateParams>) =>
    provider.refusedByCeiling({
      connection,
      params: { ...params, ...changes },
    });
  expect(refused({})).toBeUndefined();
  expect(refused({ teardown: 'template:default/other' })).toContain(
    'is not in the ceiling',
  );
  expect(refused({ verify: { template: 'template:default/other' } })).toContain(
    'is not in the ceiling',
  );
  expect(refused({ verify: { url: 'https://example.net/x' } })).toContain(
    'Host example.net is not in the ceiling',
  );
});
