import fc from 'fast-check';
import { csvLine } from './csv';

describe('a line of CSV', () => {
  it.each([
    ['=1+1', `'=1+1`],
    ['  @SUM(A1)', `'  @SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['＝1', `'＝1`],
    ['-2+3', `'-2+3`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['a "b", c\nd', `"a ""b"", c\nd"`],
    ['user:default/ada', 'user:default/ada'],
  ])('writes %j as %j', (text, cell) => {
    expect(csvLine([text, -3, undefined])).toBe(`${cell},-3,\r\n`);
  });

  it('holds just what was written, and nothing that is computed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({
            unit: fc.constantFrom(...'=+-@,"\t\r\n a1＝'),
            maxLength: 6,
          }),
          { minLength: 1, maxLength: 4 },
        ),
        cells => {
          const read = parse(csvLine(cells));
          expect(read).toHaveLength(cells.length);
          for (const [index, cell] of read.entries()) {
            expect(cell).not.toMatch(/^\s*[=+\-@＝]/);
            expect([cells[index], `'${cells[index]}`]).toContain(cell);
          }
        },
      ),
    );
  });
});

/** Reads one line as a spreadsheet does. */
function parse(line: string): string[] {
  const text = line.replace(/\r\n$/, '');
  const cells: string[] = [''];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const last = cells.length - 1;
    if (text[at] === '"' && quoted && text[at + 1] === '"') {
      cells[last] += '"';
      at += 1;
    } else if (text[at] === '"') {
      quoted = !quoted;
    } else if (text[at] === ',' && !quoted) {
      cells.push('');
    } else {
      cells[last] += text[at];
    }
  }
  return cells;
}
