import { relative } from 'node:path';
import { CHECKOUT } from '../checkout.mjs';
import { COLUMNS } from './columns.mjs';

/**
 * Which tests speak for which cell of the table, or why a cell is not for this provider.
 *
 * @typedef {{ file: string, title: string }} TestName
 * @typedef {{ tests: TestName[] } | { because: string }} CellCases
 * @typedef {{ provider: string, peer: string, cells: Record<string, CellCases> }} ProviderCases
 */

/**
 * Judges each cell by what Jest says about its tests. A test that is not among the results, under exactly this title, counts against the
 * cell: it was renamed, or did not run.
 *
 * @param {ProviderCases[]} providers
 * @param results - what Jest's `--json --outputFile` wrote
 * @returns for each provider its cells, in the order of the columns, with `problems` when it does not hold
 */
export function judge(providers, results) {
  const outcomes = outcomesOf(results);
  return providers.map(({ provider, peer, cells }) => ({
    provider,
    peer,
    cells: [
      ...COLUMNS.map(({ id, title }) => ({
        title,
        ...judgeCell(cells[id], outcomes),
      })),
      ...Object.keys(cells)
        .filter(id => !COLUMNS.some(column => column.id === id))
        .map(id => ({ title: id, problems: ['there is no such column'] })),
    ],
  }));
}

function judgeCell(cell, outcomes) {
  if (cell?.because) {
    return { because: cell.because };
  }
  if (!cell?.tests?.length) {
    return { problems: ['no test is named for it'] };
  }
  const problems = cell.tests.flatMap(({ file, title }) => {
    const found = outcomes.get(`${file}\n${title}`) ?? [];
    if (!found.length) {
      return [`not among the tests that ran: ${file}: ${title}`];
    }
    return found.every(status => status === 'passed')
      ? []
      : [`${found.join(', ')}: ${file}: ${title}`];
  });
  return { tests: cell.tests.length, ...(problems.length && { problems }) };
}

/** How the tests of a title ended: several where it runs on several databases. */
function outcomesOf(results) {
  const outcomes = new Map();
  for (const { name, assertionResults } of results.testResults) {
    for (const { title, status } of assertionResults) {
      const key = `${relative(CHECKOUT, name)}\n${title}`;
      outcomes.set(key, [...(outcomes.get(key) ?? []), status]);
    }
  }
  return outcomes;
}
