import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../checkout.mjs';
import { say } from '../say.mjs';
import { judge } from './judge.mjs';
import { SUITES } from './providers.mjs';
import { toMarkdown } from './toMarkdown.mjs';

const PAGE = join(CHECKOUT, 'docs/providers/index.md');

/**
 * Shows the table that the results of a run of Jest make, and what is wrong with it.
 *
 * @param command - which suite of tests it was
 * @param results - the file that Jest's `--json --outputFile` wrote
 * @param write - puts the table into its page; otherwise the page has to have it already
 * @returns whether all of it holds
 */
export function reportProviders({ command, results, write = false }) {
  if (!existsSync(results)) {
    say(`✗ There are no results of tests in ${results}`);
    return false;
  }
  const rows = judge(
    SUITES[command],
    JSON.parse(readFileSync(results, 'utf8')),
  );
  const table = toMarkdown(rows);
  say(`\n${table}\n`);
  const problems = rows.flatMap(({ provider, cells }) =>
    cells.flatMap(cell =>
      (cell.problems ?? []).map(
        problem => `${provider}, ${cell.title}: ${problem}`,
      ),
    ),
  );
  for (const problem of problems) {
    say(`✗ ${problem}`);
  }
  return problems.length === 0 && isOnPage({ command, table, write });
}

function isOnPage({ command, table, write }) {
  const block = new RegExp(
    `(<!-- table: ${command} -->\\n\\n)[^]*?(\\n\\n<!-- end -->)`,
  );
  const page = readFileSync(PAGE, 'utf8');
  const wanted = page.replace(block, (_, begin, end) => begin + table + end);
  if (!block.test(page)) {
    say(`✗ ${PAGE} has no place for the table of ${command}`);
    return false;
  }
  if (page !== wanted && write) {
    writeFileSync(PAGE, wanted);
    say(`✓ Written to ${PAGE}`);
  } else if (page !== wanted) {
    say(`✗ ${PAGE} has another table: npm run providers -- --write`);
    return false;
  }
  return true;
}
