import fc from 'fast-check';
import { sortFacts } from './facts';

it('keeps what is few, short and plain to see, and counts the rest', () => {
  const plain = { host: 'db.example.net', port: '5432', _: 'no', '9': 'no' };
  expect(sortFacts(undefined)).toEqual({ refused: 0 });
  expect(sortFacts({})).toEqual({ kept: {}, refused: 0 });
  expect(sortFacts(plain)).toEqual({
    kept: { host: 'db.example.net', port: '5432' },
    refused: 2,
  });
  for (const value of [
    '',
    'x'.repeat(201),
    'two\nlines',
    'nul\0',
    'hidden\u200b',
    'reversed\u202e',
    'postgres://app:s3cret@db.example.net/orders',
    5432 as unknown as string,
  ]) {
    expect(sortFacts({ value })).toEqual({ kept: {}, refused: 1 });
  }
});

it('never keeps more than 20, each as it was given', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_-]{0,5}$/),
        fc.oneof(fc.string({ unit: 'binary' }), fc.string()),
        { maxKeys: 40 },
      ),
      given => {
        const { kept = {}, refused } = sortFacts(given);
        const names = Object.keys(kept);
        expect(names.length).toBeLessThanOrEqual(20);
        expect(names.length + refused).toBe(Object.keys(given).length);
        for (const name of names) {
          expect(kept[name]).toBe(given[name]);
        }
      },
    ),
  );
});
