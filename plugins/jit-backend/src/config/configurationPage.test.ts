import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseDuration } from '../policy';
import { DEFAULT_ENGINE_SETTINGS } from './EngineSettings';
import { jitSchema } from './jitSchema';

const BACKEND = resolvePackagePath('@backstage-jit/plugin-jit-backend');
const MODULES = ['postgres', 'okta', 'scaffolder', 'aws'].map(name =>
  join(BACKEND, `../jit-backend-module-${name}`),
);
const PAGE = readFileSync(join(BACKEND, '../../docs/configuration.md'), 'utf8');

/** The rows of the page's tables that are about keys: the keys in the first cell, and the third cell. */
const ROWS = PAGE.split('\n')
  .filter(line => line.startsWith('| `jit.'))
  .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()))
  .map(cells => ({
    keys: [...cells[1].matchAll(/`([^`]+)`/g)].map(([, key]) => key),
    usual: cells[3],
  }));

const DESCRIBED = ROWS.flatMap(row => row.keys);

/** Keys as the schema has them: `jit.profiles[].title`, `jit.connections.<name>.type`. */
function keysOf(schema: z.core.JSONSchema._JSONSchema, at: string): string[] {
  if (typeof schema === 'boolean') {
    return [at];
  }
  const { properties, items, additionalProperties } = schema;
  if (items && !Array.isArray(items)) {
    return [at, ...keysOf(items, `${at}[]`)];
  }
  if (properties) {
    return [
      at,
      ...Object.entries(properties).flatMap(([key, value]) =>
        keysOf(value, `${at}.${key}`),
      ),
    ];
  }
  return typeof additionalProperties === 'object' &&
    Object.keys(additionalProperties).length > 0
    ? [at, ...keysOf(additionalProperties, `${at}.<name>`)]
    : [at];
}

/** The same of a `config.d.ts`. */
function declaredKeys(folder: string): string[] {
  const text = readFileSync(join(folder, 'config.d.ts'), 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/^[^]*?interface Config/, '');
  const keys: string[] = [];
  const path: string[] = [];
  for (const line of text.split('\n')) {
    const [, index, key] =
      /^\s*(?:\[(\w+): string\]|(\w+))\??:/.exec(line) ?? [];
    const name = key ?? `<${index}>`;
    const list = line.includes('Array<') || line.trim().endsWith('[];');
    if (index ?? key) {
      const at = [...path, list ? `${name}[]` : name];
      keys.push(at.join('.'));
      for (const [, inner] of line.matchAll(/[{;] (\w+)\?:/g)) {
        keys.push([...at, inner].join('.'));
      }
      if (/[{]\s*$/.test(line)) {
        path.push(at[at.length - 1]);
      } else if (line.trim().endsWith(':')) {
        // The type begins on the lines that follow.
        path.push(name);
      }
    } else if (/^\s*\}>?;/.test(line)) {
      path.pop();
    }
  }
  return keys;
}

/** Those that hold nothing but others need no row, nor do those that are a provider's own. */
function leaves(keys: string[]): string[] {
  const ours = keys.filter(key => !/\.<\w+>$/.test(key));
  return ours.filter(
    key =>
      !ours.some(
        other => other.startsWith(`${key}.`) || other.startsWith(`${key}[]`),
      ),
  );
}

describe('docs/configuration.md', () => {
  const schema = z.toJSONSchema(jitSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  const inSchema = keysOf(schema, 'jit');
  const inTypes = [BACKEND, ...MODULES].flatMap(declaredKeys);

  it('sees the keys that there are', () => {
    expect(inSchema).toEqual(
      expect.arrayContaining([
        'jit.installation',
        'jit.connections.<name>.concurrency',
        'jit.profiles[].approval.auto[].owner',
        'jit.reconcile.atMost.percent',
      ]),
    );
    expect(inTypes).toEqual(
      expect.arrayContaining([
        'jit.installation',
        'jit.operators[]',
        'jit.connections.<name>.ceiling.setRole',
        'jit.connections.<name>.ssl.rejectUnauthorized',
        'jit.connections.<name>.ceiling.groups[]',
        'jit.connections.<name>.ceiling.templates[]',
        'jit.profiles[].approval.auto[].owner',
        'jit.events.keys[].secret',
      ]),
    );
  });

  it('describes every key of the schema', () => {
    expect(leaves(inSchema).filter(key => !DESCRIBED.includes(key))).toEqual(
      [],
    );
  });

  it('describes every key of the types', () => {
    expect(leaves(inTypes).filter(key => !DESCRIBED.includes(key))).toEqual([]);
  });

  it('describes no key that is not there, and none twice', () => {
    expect(
      DESCRIBED.filter(
        (key, index) =>
          !(inSchema.includes(key) || inTypes.includes(key)) ||
          DESCRIBED.indexOf(key) !== index,
      ),
    ).toEqual([]);
  });

  it('gives the defaults of the engine', () => {
    const settings = DEFAULT_ENGINE_SETTINGS as unknown as Record<
      string,
      number
    >;
    const engine = ROWS.filter(({ keys }) =>
      keys[0].startsWith('jit.engine.'),
    ).map(({ keys, usual }) => [
      keys[0].slice('jit.engine.'.length),
      usual.replace(/`/g, ''),
    ]);
    expect(engine).toHaveLength(Object.keys(settings).length);
    for (const [key, usual] of engine) {
      expect([key, parseDuration(usual) ?? Number(usual)]).toEqual([
        key,
        settings[`${key}Ms`] ?? settings[key],
      ]);
    }
  });
});
