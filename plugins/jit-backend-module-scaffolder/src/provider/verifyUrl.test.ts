import fc from 'fast-check';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { fillUrl, isThereByUrl, urlProblem } from './verifyUrl';

it.each([
  ['http://example.net/', 'must be an https URL'],
  ['https://user:secret@example.net/', 'must hold no credentials'],
  ['https://{name}.example.net/', 'must name its host in full'],
  ['https://{name}/', 'must name its host in full'],
  ['https://example.net{name}', 'must name its host in full'],
  ['https://example.net/{', 'has a brace'],
  ['nonsense', 'must be an https URL'],
])('does not take %s', (url, problem) => {
  expect(urlProblem(url)).toContain(problem);
});

it('puts each value in as one piece that leads nowhere else', () => {
  const url = 'https://example.net/pages/{name}/state?of={name}';
  expect(urlProblem(url)).toBeUndefined();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), name => {
      const leadsAstray = /^\.*$/.test(name);
      const filled = fillUrl(url, { name });
      const piece = encodeURIComponent(name);
      expect(filled?.href).toBe(
        leadsAstray
          ? undefined
          : new URL(`https://example.net/pages/${piece}/state?of=${piece}`)
              .href,
      );
      expect(filled?.pathname.split('/').length ?? 4).toBe(4);
      expect(filled?.searchParams.get('of') ?? name).toBe(name);
    }),
  );
  expect(fillUrl(url, { name: 'a\ud800' })).toBeUndefined();
  expect(fillUrl(url, {})).toBeUndefined();
  expect(fillUrl('https://example.net/{toString}', {})).toBeUndefined();
});

describe('a look over HTTP', () => {
  let server: Server;
  let status: number;
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    server = createServer((_, res) => {
      asked += 1;
      res.writeHead(status, { location: '/elsewhere' }).end();
    });
    await new Promise<void>(resolve => server.listen(0, resolve));
  });

  afterEach(() => server.close());

  /** TLS is Node's own; what is tried is what becomes of each answer. */
  async function look() {
    const { port } = server.address() as AddressInfo;
    return await isThereByUrl({
      send: async (url, init) => {
        const { pathname } = url as URL;
        return await fetch(`http://127.0.0.1:${port}${pathname}`, init);
      },
      url: 'https://example.net/pages/{name}',
      values: { name: 'spring' },
      signal: new AbortController().signal,
    });
  }

  it.each([
    [200, true],
    [204, true],
    [404, false],
    [410, false],
  ])('takes %i for an answer', async (answer, isThere) => {
    status = answer;
    expect(await look()).toBe(isThere);
  });

  it.each([301, 302, 401, 403, 429, 500, 503])(
    'takes %i for none, and follows nothing',
    async answer => {
      status = answer;
      await expect(look()).rejects.toMatchObject({ class: 'retryable' });
      expect(asked).toBe(1);
    },
  );

  it('takes silence for none', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await expect(
      isThereByUrl({
        send: async () => await fetch(`http://127.0.0.1:${port}`),
        url: 'https://example.net/',
        values: {},
        signal: new AbortController().signal,
      }),
    ).rejects.toMatchObject({ class: 'retryable' });
  });
});
