import fc from 'fast-check';
import { Client } from 'pg';
import { PostgresStage } from '../__testUtils__/PostgresStage';
import { ident, isName, literal } from './quote';

jest.setTimeout(60_000);

/** Texts of quotes, semicolons, backslashes, dollars, Unicode and all else but NUL. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        `'`,
        `"`,
        ';',
        '\\',
        '$$',
        '--',
        '/*',
        '\n',
        'ü',
        '名',
        '%',
        '.',
      ),
      {
        maxLength: 20,
      },
    )
    .map(parts => parts.join('')),
);

describe('quoting', () => {
  let stage: PostgresStage;
  let client: Client;

  beforeAll(async () => {
    stage = await PostgresStage.create();
    client = await stage.login({
      user: stage.admin,
      password: stage.adminPassword,
      database: 'postgres',
    });
  });

  afterAll(async () => {
    await stage?.strike();
  });

  it('gives PostgreSQL exactly the text, as a literal and as a name', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts.filter(text => !text.includes('\0')),
        async text => {
          const name = isName(text) ? text : 'x';
          const { rows, fields } = await client.query(
            `SELECT ${literal(text)} AS ${ident(name)}`,
          );
          expect(fields.map(field => field.name)).toEqual([name]);
          expect(Object.values(rows[0])).toEqual([text]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses what PostgreSQL would cut or end early', () => {
    for (const name of ['', 'a\0b', 'a'.repeat(64), 'ü'.repeat(32)]) {
      expect(() => ident(name)).toThrow('name');
    }
    expect(ident('ü'.repeat(31))).toBe(`"${'ü'.repeat(31)}"`);
    expect(() => literal('a\0b')).toThrow('text');
  });
});
