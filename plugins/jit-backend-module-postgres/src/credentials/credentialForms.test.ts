import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { credentialForms, LoginFacts } from './credentialForms';

const hostile = fc
  .array(
    fc.constantFrom(
      `'`,
      '"',
      ' ',
      '\\',
      '$(id)',
      '`',
      ';',
      '&',
      '#',
      '?',
      '/',
      '@',
      ':',
      '=',
      '%',
      '!',
      'ü',
      'a',
      '\n',
      '*',
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map(parts => parts.join(''));

const logins: fc.Arbitrary<LoginFacts> = fc.record({
  host: fc.constantFrom('db.example.com', '10.0.0.1', '::1'),
  port: fc.integer({ min: 1, max: 65_535 }),
  user: hostile,
  password: hostile,
  database: hostile,
  tls: fc.boolean(),
});

/** What a POSIX shell makes of a text: the words of a command, and its environment. */
function shell(script: string): string[] {
  const printed = execFileSync('/bin/sh', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return printed.split('\0').slice(0, -1);
}

/** A reader of libpq's `key=value` form, written from its documentation. */
function readConninfo(text: string): Record<string, string> {
  const pairs = text.matchAll(/(\w+)=(?:'((?:[^'\\]|\\.)*)'|(\S*))/gs);
  return Object.fromEntries(
    [...pairs].map(([, key, quoted, plain]) => [
      key,
      quoted === undefined ? plain : quoted.replace(/\\(.)/gs, '$1'),
    ]),
  );
}

describe('credentialForms', () => {
  const form = (login: LoginFacts, id: string) =>
    credentialForms(login).find(each => each.id === id)!.value;

  it('says the same login in each form, whatever it is made of', () => {
    fc.assert(
      fc.property(logins, login => {
        const { host, port, user, password, database, tls } = login;

        // As libpq does: each part percent-decoded as a whole.
        const url = new URL(form(login, 'url'));
        expect(
          [url.username, url.password, url.pathname.slice(1)].map(
            decodeURIComponent,
          ),
        ).toEqual([user, password, database]);
        expect(`${url.hostname}:${url.port}`.replace(/[[\]]/g, '')).toBe(
          `${host}:${port}`,
        );
        expect(url.hash).toBe('');
        expect(form(login, 'url').endsWith('?sslmode=require')).toBe(tls);

        expect(
          shell(
            `${form(
              login,
              'env',
            )}\nprintf '%s\\0' "$PGHOST" "$PGPORT" "$PGDATABASE" "$PGUSER" "$PGPASSWORD" "$PGSSLMODE"`,
          ),
        ).toEqual([
          host,
          String(port),
          database,
          user,
          password,
          tls ? 'require' : '',
        ]);

        const [conninfo, passed, ...others] = shell(
          `psql() { printf '%s\\0' "$@" "$PGPASSWORD"; }\n${form(
            login,
            'psql',
          )}`,
        );
        expect(others).toEqual([]);
        expect(passed).toBe(password);
        expect(readConninfo(conninfo)).toEqual({
          host,
          port: String(port),
          user,
          dbname: database,
          ...(tls && { sslmode: 'require' }),
        });
      }),
      { numRuns: 60 },
    );
  });

  it('reads well where nothing has to be quoted', () => {
    expect(
      credentialForms({
        host: 'db.example.com',
        port: 5432,
        user: 'jit_1',
        password: 'secret',
        database: 'orders',
        tls: false,
      }).map(({ value }) => value),
    ).toEqual([
      `PGPASSWORD=secret psql 'host=db.example.com port=5432 user=jit_1 dbname=orders'`,
      'postgresql://jit_1:secret@db.example.com:5432/orders',
      'export PGHOST=db.example.com\nexport PGPORT=5432\nexport PGDATABASE=orders\nexport PGUSER=jit_1\nexport PGPASSWORD=secret',
    ]);
  });
});
