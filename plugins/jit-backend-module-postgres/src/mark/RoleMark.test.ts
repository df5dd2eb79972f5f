import fc from 'fast-check';
import { formatMark, isOurs, parseMark, RoleMark } from './RoleMark';

const marks: fc.Arbitrary<RoleMark> = fc.record({
  v: fc.constant(1 as const),
  installation: fc.string({ unit: 'binary' }),
  ledgerId: fc.string({ unit: 'binary' }),
  leaseId: fc.string({ unit: 'binary' }),
  externalName: fc.string(),
});

describe('RoleMark', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(marks, mark => {
        expect(parseMark(formatMark(mark))).toEqual(mark);
        expect(isOurs(mark, mark)).toBe(true);
        expect(isOurs(mark, { ...mark, ledgerId: `${mark.ledgerId}0` })).toBe(
          false,
        );
      }),
    );
  });

  it('takes nothing else for a mark', () => {
    const mark = formatMark({
      v: 1,
      installation: 'a',
      ledgerId: 'b',
      leaseId: 'c',
      externalName: 'd',
    });
    for (const comment of [
      null,
      '',
      'backstage-jit ',
      'backstage-jit null',
      'backstage-jit []',
      mark.slice(0, -1),
      ` ${mark}`,
      mark.replace('"v":1', '"v":2'),
      mark.replace('"c"', '3'),
    ]) {
      expect(parseMark(comment)).toBeUndefined();
    }
  });
});
