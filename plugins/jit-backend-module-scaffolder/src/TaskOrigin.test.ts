import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { MemoryScaffolder } from './__testUtils__/MemoryScaffolder';
import { TaskOrigin } from './TaskOrigin';

const { signal } = new AbortController();

it.each([
  ['open', 'running'],
  ['processing', 'running'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['cancelled', 'failed'],
  ['skipped', 'failed'],
])('takes a task that is %s for %s', async (status, outcome) => {
  const scaffolder = new MemoryScaffolder();
  const id = await scaffolder.startTask({ templateRef: 'x', values: {} });
  scaffolder.tasks[0].status = status;
  const origin = new TaskOrigin({ scaffolder });
  expect(await origin.look(id, { signal })).toBe(outcome);
});

it('is sure of what it says: a task that is not there has vanished, all else is thrown', async () => {
  const scaffolder = new MemoryScaffolder();
  const origin = new TaskOrigin({ scaffolder });
  expect(await origin.look('task-1', { signal })).toBe('vanished');
  await scaffolder.startTask({ templateRef: 'x', values: {} });
  scaffolder.tasks[0].status = 'of a later release';
  await expect(origin.look('task-1', { signal })).rejects.toThrow('not known');
  scaffolder.getTask = async () => {
    throw JitProviderError.connection('The scaffolder does not answer.');
  };
  await expect(origin.look('task-1', { signal })).rejects.toThrow(
    'does not answer',
  );
});
