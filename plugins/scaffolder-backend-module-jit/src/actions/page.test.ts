import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { examples as createEnvironment } from './createEnvironment.examples';
import { examples as endLease } from './endLease.examples';
import { examples as extendLease } from './extendLease.examples';
import { examples as registerTeardown } from './registerTeardown.examples';
import { examples as requestAccess } from './requestAccess.examples';
import { examples as waitForLease } from './waitForLease.examples';

const PAGE = resolvePackagePath(
  '@backstage-jit/plugin-scaffolder-backend-module-jit',
  '../../docs/scaffolder.md',
);

describe('docs/scaffolder.md', () => {
  const shown = [
    ...readFileSync(PAGE, 'utf8').matchAll(/```yaml\n([^]*?)```/g),
  ].map(([, yaml]) => parse(yaml));

  it.each(
    [
      ...createEnvironment,
      ...requestAccess,
      ...waitForLease,
      ...extendLease,
      ...endLease,
      ...registerTeardown,
    ].map(({ description, example }) => [description, example]),
  )('shows the example that is tried: %s', (_, example) => {
    expect(shown).toContainEqual(parse(example));
  });
});
