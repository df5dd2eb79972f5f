import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { profileSchema } from './profileSchema';

const PAGE = readFileSync(
  resolvePackagePath(
    '@backstage-jit/plugin-jit-backend',
    '../../docs/policy.md',
  ),
  'utf8',
);

/** What a profile says of itself, and what it costs: nothing of it lets anybody in or keeps anybody out. */
const NO_RULE = [
  'id',
  'title',
  'description',
  'provider',
  'connection',
  'price',
];

it('has a row for each word of a profile', () => {
  const { properties = {} } = z.toJSONSchema(profileSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  const words = Object.keys(properties);
  expect(words).toEqual(expect.arrayContaining(NO_RULE));
  const told = PAGE.split('\n')
    .filter(line => line.startsWith('| '))
    .flatMap(line => [...line.split(' | ')[0].matchAll(/`([a-zA-Z]+)/g)])
    .map(([, word]) => word);
  const untold = words.filter(
    word => !NO_RULE.includes(word) && !told.includes(word),
  );
  expect(untold).toEqual([]);
});
