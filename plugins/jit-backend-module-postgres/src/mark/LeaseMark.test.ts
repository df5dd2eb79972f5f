import fc from 'fast-check';
import {
  formatMark,
  isOurs,
  LeaseMark,
  MARK_PREFIXES,
  MarkKind,
  parseMark,
} from './LeaseMark';

const KINDS = Object.keys(MARK_PREFIXES) as MarkKind[];

const marks: fc.Arbitrary<LeaseMark> = fc.record({
  v: fc.constant(1 as const),
  installation: fc.string({ unit: 'binary' }),
  ledgerId: fc.string({ unit: 'binary' }),
  leaseId: fc.string({ unit: 'binary' }),
  externalName: fc.string(),
});

describe('LeaseMark', () => {
  it('reads back what it wrote, as that kind alone', () => {
    fc.assert(
      fc.property(marks, fc.constantFrom(...KINDS), (mark, kind) => {
        const comment = formatMark(kind, mark);
        for (const each of KINDS) {
          expect(parseMark(each, comment)).toEqual(
            each === kind ? mark : undefined,
          );
          expect(comment.startsWith(MARK_PREFIXES[each])).toBe(each === kind);
        }
        expect(isOurs(mark, mark)).toBe(true);
        expect(isOurs(mark, { ...mark, ledgerId: `${mark.ledgerId}0` })).toBe(
          false,
        );
      }),
    );
  });

  it('takes nothing else for a mark', () => {
    const mark = formatMark('role', {
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
      expect(parseMark('role', comment)).toBeUndefined();
    }
  });
});
