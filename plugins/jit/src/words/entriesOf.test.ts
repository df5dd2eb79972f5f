import { aLease } from '../__testUtils__';
import { entriesOf, mergeParts } from './entriesOf';

const NOW = Date.parse('2031-05-06T09:00:00Z');

it('gathers the parts of a bundle where the first of them stands, and knows the later of two answers', () => {
  const part = (id: string, place: number, version = 1) =>
    aLease(NOW, {
      id,
      requestId: 'r',
      version,
      bundle: { id: 'b', title: 'B', part: place, parts: 2, waiting: false },
    });
  const alone = [aLease(NOW, { id: 'x' }), aLease(NOW, { id: 'y' })];
  const entries = entriesOf([
    alone[0],
    part('second', 2),
    alone[1],
    part('first', 1),
  ]);
  expect(entries.map(({ leases }) => leases.map(({ id }) => id))).toEqual([
    ['x'],
    ['first', 'second'],
    ['y'],
  ]);
  const merged = mergeParts(
    [part('first', 1, 4)],
    [part('second', 2), part('first', 1, 3)],
  );
  expect(merged.map(({ id, version }) => [id, version])).toEqual([
    ['first', 4],
    ['second', 1],
  ]);
});
