import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHECKOUT } from '../checkout.mjs';
import { COLUMNS } from './columns.mjs';
import { judge } from './judge.mjs';
import { toMarkdown } from './toMarkdown.mjs';

const FILE = 'plugins/some/src/some.test.ts';

/** A provider whose cells are all for one test, but for those given. */
function someProvider(cells = {}) {
  return {
    provider: 'some.thing',
    peer: 'A peer',
    cells: {
      ...Object.fromEntries(
        COLUMNS.map(({ id }) => [
          id,
          { tests: [{ file: FILE, title: 'holds' }] },
        ]),
      ),
      ...cells,
    },
  };
}

function ran(...tests) {
  return {
    testResults: [
      {
        name: join(CHECKOUT, FILE),
        assertionResults: tests.map(([title, status]) => ({ title, status })),
      },
    ],
  };
}

function cellOf(provider, results, id) {
  const [{ cells }] = judge([provider], results);
  return cells[COLUMNS.findIndex(column => column.id === id)];
}

test('a cell holds when all its tests have passed, wherever they ran', () => {
  const results = ran(['holds', 'passed'], ['holds', 'passed']);
  const [row] = judge([someProvider()], results);
  assert.deepEqual(
    row.cells.map(({ tests, problems }) => [tests, problems]),
    COLUMNS.map(() => [1, undefined]),
  );
});

test('a cell is red when a test failed, was skipped, renamed, or is not named at all', () => {
  const red = (results, cells) =>
    cellOf(someProvider(cells), results, 'grant').problems;
  assert.match(red(ran(['holds', 'passed'], ['holds', 'failed']))[0], /failed/);
  assert.match(red(ran(['holds', 'pending']))[0], /pending/);
  assert.match(red(ran(['holds now', 'passed']))[0], /not among the tests/);
  assert.match(
    red(ran(['holds (not applicable: no)', 'passed']))[0],
    /not among the tests/,
  );
  const passed = ran(['holds', 'passed']);
  assert.match(red(passed, { grant: { tests: [] } })[0], /no test is named/);
  assert.match(red(passed, { grant: undefined })[0], /no test is named/);
});

test('a cell that is for no column is red, one that does not apply says why', () => {
  const passed = ran(['holds', 'passed']);
  const [row] = judge([someProvider({ typo: { because: 'x' } })], passed);
  assert.deepEqual(row.cells.at(-1).problems, ['there is no such column']);
  const because = 'it has none';
  assert.deepEqual(
    cellOf(someProvider({ grant: { because } }), passed, 'grant'),
    { title: 'Grant', because },
  );
  const table = toMarkdown(
    judge([someProvider({ grant: { because } })], passed),
  );
  assert.match(table, /\| `some\.thing` \| A peer +\| no¹ +\| ✓ 1/);
  assert.match(table, /¹ it has none/);
});
