import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step as saying } from '../say.mjs';
import { partsOf } from './readme-steps.mjs';

/**
 * Takes the README's steps in an app.
 *
 * @param step - gives the code of a step
 * @param here - what the README calls by example names, and what it is called here: pairs of texts
 */
export async function addPlugins({ app, legacy, step, here, packed, shell }) {
  const edit = (path, change) => {
    const file = join(app, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const add = name =>
    saying(`README: ${name}`, () =>
      shell.run(fromTarballs(step(name), packed), { cwd: app }),
    );

  await add('backend packages');
  edit('packages/backend/src/index.ts', text =>
    before(text, 'backend.start();', step('packages/backend/src/index.ts')),
  );
  edit(
    'app-config.yaml',
    text => `${text}\n${replaceAll(step('app-config.yaml'), here)}`,
  );
  await add('app packages');
  if (legacy) {
    for (const [path, place] of Object.entries(LEGACY_PLACES)) {
      edit(path, text => place(text, partsOf(step(`legacy ${path}`))));
    }
  }
}

/** Where in the files of a new legacy app its owner would put what the README gives. */
const LEGACY_PLACES = {
  'packages/app/src/App.tsx': (text, { imports, parts }) =>
    `${imports}\n${before(text, '</FlatRoutes>', parts['among the routes'])}`,
  'packages/app/src/components/Root/Root.tsx': (text, { imports, parts }) =>
    `${imports}\n${before(
      text,
      '{/* End global nav */}',
      parts['among the items'],
    )}`,
  'packages/app/src/components/catalog/EntityPage.tsx': (
    text,
    { imports, parts },
  ) => {
    const withTab = text.replaceAll(
      '\n  </EntityLayout>',
      `\n${parts['beside the other tabs']}\n  </EntityLayout>`,
    );
    const overview = '{entityWarningContent}';
    return `${imports}\n${before(
      withTab,
      overview,
      parts['in the grid of the overview'],
    )}`;
  },
};

/** A registry would know our packages by their names; here it is the tarballs. */
function fromTarballs(command, packed) {
  return packed.reduce(
    (line, { manifest, tarball }) =>
      line.replace(
        new RegExp(`${manifest.name}(?=\\s|$)`),
        `'${manifest.name}@file:${tarball}'`,
      ),
    command,
  );
}

function before(text, mark, addition) {
  if (!text.includes(mark)) {
    throw new Error(`A new app has no ${mark} any more`);
  }
  return text.replace(mark, () => `${addition}\n${mark}`);
}

function replaceAll(text, pairs) {
  return pairs.reduce((result, [from, to]) => {
    if (!result.includes(from)) {
      throw new Error(`The README's config does not name ${from}`);
    }
    return result.replaceAll(from, to);
  }, text);
}
