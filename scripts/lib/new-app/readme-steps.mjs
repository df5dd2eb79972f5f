import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../checkout.mjs';

/**
 * The steps of "Add it to an existing Backstage" as README.md has them: the code under each `<!-- step: name -->`.
 *
 * @returns `step`: gives the code of a step by its name; `sql`: what is to be run on the database
 */
export function readReadmeSteps() {
  const readme = readFileSync(join(CHECKOUT, 'README.md'), 'utf8');
  const steps = new Map(
    [...readme.matchAll(/<!-- step: (.+) -->\n\n```\w+\n([^]*?)```/g)].map(
      ([, name, code]) => [name, code],
    ),
  );
  const [, sql] = /```sql\n([^]*?)```/.exec(readme) ?? [];
  const step = name => {
    const code = steps.get(name);
    if (!code) {
      throw new Error(`README.md has no step "${name}"`);
    }
    return code;
  };
  return { step, sql };
}

/**
 * The parts of a step in TSX: its imports, and what stands under each of its comments.
 *
 * @returns `imports`: lines; `parts`: the JSX by its comment, such as "among the routes"
 */
export function partsOf(tsx) {
  const [imports, ...rest] = tsx.split(/^\/\/ /m);
  const parts = rest.map(part => {
    const [comment] = part.split('\n', 1);
    const jsx = part.slice(comment.length).trim().replace(/;$/, '');
    return [comment, jsx];
  });
  return { imports: imports.trim(), parts: Object.fromEntries(parts) };
}
