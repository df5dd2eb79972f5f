import fc from 'fast-check';
import { stepKey } from './stepKey';

const place = fc.record({
  task: fc.string(),
  step: fc.string(),
  turn: fc.option(fc.string(), { nil: undefined }),
  input: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
  generation: fc.nat({ max: 5 }),
});

function keyOf(at: typeof place extends fc.Arbitrary<infer T> ? T : never) {
  const { task, step, turn, input, generation } = at;
  return stepKey(
    {
      task: { id: task },
      step: { id: step },
      ...(turn !== undefined && { each: { key: turn, value: 1 } }),
    },
    { input, generation },
  );
}

it('is the same for the same place, and another one for every other', () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(keyOf({ ...one })).toBe(keyOf(one));
      expect(keyOf(one) === keyOf(other)).toBe(same);
    }),
  );
  const at = { task: 't', step: 's', turn: undefined, input: {} };
  const keys = [
    keyOf({ ...at, generation: 0 }),
    keyOf({ ...at, generation: 1 }),
    keyOf({ ...at, turn: '0', generation: 0 }),
    keyOf({ ...at, turn: '1', generation: 0 }),
    keyOf({ ...at, step: 'other', generation: 0 }),
    keyOf({ ...at, task: 'other', generation: 0 }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

it('can be sent as a header', () => {
  fc.assert(
    fc.property(place, at => {
      expect(keyOf(at)).toMatch(/^[\x21-\x7e]{1,255}$/);
    }),
  );
});
