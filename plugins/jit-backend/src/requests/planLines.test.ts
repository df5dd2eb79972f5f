import { PinnedProfile } from '../policy';
import { planLines } from './planLines';

it('tells before asking for how long a last copy is kept', () => {
  const lines = ['A database of its own'];
  const plan = (keepMs?: number) =>
    planLines(lines, {
      pinned: { content: { keepMs } as PinnedProfile, hash: '' },
    });
  expect(plan()).toEqual(lines);
  expect(plan(86_400_000)).toEqual([
    ...lines,
    'At its end it is closed, a last copy of it is kept for 1 day, then that is removed',
  ]);
});
