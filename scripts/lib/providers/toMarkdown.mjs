import { COLUMNS } from './columns.mjs';

const SMALL = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The table, for people and for the page: ✓ with how many tests, ✗, or "no" with the reason below. */
export function toMarkdown(rows) {
  const reasons = [];
  const cellOf = ({ because, tests, problems }) => {
    if (because) {
      return `no${small(noteOf(reasons, because))}`;
    }
    return problems ? '✗' : `✓ ${tests}`;
  };
  const lines = [
    ['Provider', 'Tried on', ...COLUMNS.map(({ title }) => title)],
    ...rows.map(({ provider, peer, cells }) => [
      `\`${provider}\``,
      peer,
      ...COLUMNS.map((_, index) => cellOf(cells[index])),
    ]),
  ];
  const widths = lines[0].map((_, column) =>
    Math.max(...lines.map(line => line[column].length)),
  );
  const draw = line =>
    `| ${line.map((text, i) => text.padEnd(widths[i])).join(' | ')} |`;
  const [head, ...body] = lines;
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  const notes = reasons.map((reason, i) => `${small(i + 1)} ${reason}.`);
  return [
    draw(head),
    rule,
    ...body.map(draw),
    '',
    ...notes.join('\n\n').split('\n'),
  ]
    .join('\n')
    .trimEnd();
}

function noteOf(reasons, reason) {
  if (!reasons.includes(reason)) {
    reasons.push(reason);
  }
  return reasons.indexOf(reason) + 1;
}

function small(number) {
  return [...`${number}`].map(digit => SMALL[Number(digit)]).join('');
}
