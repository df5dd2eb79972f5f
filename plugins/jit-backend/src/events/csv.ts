/** What makes a spreadsheet take a cell for a formula, in the wide forms too. */
const FORMULA = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A line of a CSV file (RFC 4180). What a spreadsheet would compute begins with an apostrophe: cells hold what anybody wrote. */
export function csvLine(cells: Array<string | number | undefined>): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

function toCell(value: string | number | undefined): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value ?? '';
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless)
    ? `"${harmless.replace(/"/g, '""')}"`
    : harmless;
}
