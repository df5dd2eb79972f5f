import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const CHECKOUT = resolvePackagePath(
  '@backstage-jit/plugin-jit-test-utils',
  '../..',
);
const PAGES = globSync('docs/*.md', { cwd: CHECKOUT });

const read = (path: string) => readFileSync(join(CHECKOUT, path), 'utf8');

/** Blocks that say which file they are of: `file` the whole of it, `quote` a part. */
function quotesOf(page: string) {
  return [
    ...read(page).matchAll(
      /<!-- (file|quote): (\S+) -->\n\n```\w+\n([^]*?)```/g,
    ),
  ].map(([, how, path, text]) => ({ how, path, text }));
}

/** How other pages and headings are linked to. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/[\s-]+/g, '-'),
  );
}

describe('the pages of docs/', () => {
  it('quote the code as it is', () => {
    const quotes = PAGES.flatMap(quotesOf);
    expect(quotes.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'plugins/jit-test-utils/src/example/DoorCodeProvider.ts',
        'plugins/jit-backend-module-postgres/README.md',
      ]),
    );
    for (const { how, path, text } of quotes) {
      const code = read(path);
      expect(how === 'file' ? text : code.includes(text)).toEqual(
        how === 'file' ? code : true,
      );
    }
  });

  it('name tests that there are', () => {
    const named = [
      ...read('docs/promises.md').matchAll(/^- `(\S+)`: _(.*?)_(?: \(|$)/gm),
    ].map(([, path, title]) => ({ path, title }));
    expect(named.length).toBeGreaterThan(60);
    expect(
      named.filter(
        ({ path, title }) =>
          !existsSync(join(CHECKOUT, path)) || !read(path).includes(title),
      ),
    ).toEqual([]);
  });

  it('name a test, or say that there is none, for each promise', () => {
    const promises = read('docs/promises.md').split(/^## /m).slice(1);
    expect(promises).toHaveLength(12);
    expect(promises.filter(text => !/^- `|^No test yet/m.test(text))).toEqual(
      [],
    );
  });

  it('link to what is there', () => {
    const links = PAGES.flatMap(page =>
      [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({
        page,
        target,
      })),
    ).filter(({ target }) => !/^[a-z]+:/.test(target));
    expect(links.length).toBeGreaterThan(20);
    expect(
      links.filter(({ page, target }) => {
        const [file, anchor] = target.split('#');
        const path = file ? join(dirname(page), file) : page;
        return (
          !existsSync(join(CHECKOUT, path)) ||
          (anchor !== undefined && !anchorsOf(path).includes(anchor))
        );
      }),
    ).toEqual([]);
  });
});
