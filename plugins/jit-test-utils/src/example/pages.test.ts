import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const CHECKOUT = resolvePackagePath(
  '@backstage-jit/plugin-jit-test-utils',
  '../..',
);
const DOCS = globSync('docs/**/*.md', { cwd: CHECKOUT });
const PAGES = [
  ...DOCS,
  ...globSync(['README.md', 'plugins/*/README.md'], { cwd: CHECKOUT }),
];

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

interface Link {
  page: string;
  /** From the page; empty for the page itself. */
  target: string;
  anchor?: string;
}

/** Links and pictures, other than those to elsewhere. */
function linksOf(page: string): Link[] {
  return [...read(page).matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g)]
    .map(([, link, picture]) => link ?? picture)
    .filter(link => !/^[a-z]+:/.test(link))
    .map(link => {
      const [target, anchor] = link.split('#');
      return { page, target, anchor };
    });
}

function leadsNowhere({ page, target, anchor }: Link): boolean {
  const path = target ? join(dirname(page), target) : page;
  return (
    !existsSync(join(CHECKOUT, path)) ||
    (anchor !== undefined && !anchorsOf(path).includes(anchor))
  );
}

describe('the pages', () => {
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

  it('name a test that there is for each rule', () => {
    const rows = read('docs/policy.md')
      .split('\n')
      .filter(line => /^\| .*test\.ts/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    const missing = rows.filter(row => {
      const [, title = ''] = /_([^_]+)_ +\|$/.exec(row) ?? [];
      const path = [...row.matchAll(/`([\w/.]+\.ts)`/g)].pop()?.[1];
      const file = `plugins/jit-backend/src/${path}`;
      return (
        !title ||
        !existsSync(join(CHECKOUT, file)) ||
        !read(file).includes(title)
      );
    });
    expect(missing).toEqual([]);
  });

  it.each(globSync('docs/providers/*.md', { cwd: CHECKOUT }))(
    'name only errors that the code has: %s',
    page => {
      const code = globSync('plugins/jit-backend*/src/**/*.ts', {
        cwd: CHECKOUT,
      })
        .filter(path => !/\.test\.ts$|__testUtils__/.test(path))
        .map(read)
        .join('\n');
      const [, section = ''] = read(page).split('## What an error means');
      const pieces = [...section.matchAll(/^\| (`[^|]+) \|/gm)]
        .flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)])
        .flatMap(([, error]) => error.split('…'))
        .map(piece => piece.trim())
        .filter(piece => piece.length > 3);
      expect(pieces.filter(piece => !code.includes(piece))).toEqual([]);
    },
  );

  it('name a test, or say that there is none, for each promise', () => {
    const promises = read('docs/promises.md').split(/^## /m).slice(1);
    expect(promises).toHaveLength(12);
    expect(promises.filter(text => !/^- `|^No test yet/m.test(text))).toEqual(
      [],
    );
  });

  it('stand in the navigation of TechDocs', () => {
    const navigation = [
      ...read('mkdocs.yml').matchAll(/^\s+- .+: (\S+\.md)$/gm),
    ].map(([, page]) => `docs/${page}`);
    expect([...navigation].sort()).toEqual([...DOCS].sort());
  });

  it('link to what is there', () => {
    const links = PAGES.flatMap(linksOf);
    expect(links.length).toBeGreaterThan(60);
    expect(links.filter(leadsNowhere)).toEqual([]);
  });

  it('stay among themselves, as TechDocs has nothing else', () => {
    expect(
      DOCS.flatMap(linksOf).filter(
        ({ page, target }) =>
          target && !normalize(join(dirname(page), target)).startsWith('docs/'),
      ),
    ).toEqual([]);
  });
});
