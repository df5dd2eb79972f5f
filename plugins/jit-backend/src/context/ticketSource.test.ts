import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { RequestListener } from 'node:http';
import { TicketService } from './__testUtils__/TicketService';
import { ContextSources } from './ContextSources';
import { ticketSource } from './ticketSource';

const SECRET = 'Bearer only-for-tests';

describe('ticketSource', () => {
  let service: TicketService;
  let other: TicketService;

  beforeAll(async () => {
    service = await TicketService.start();
    other = await TicketService.start();
  });

  afterAll(async () => {
    await service.stop();
    await other.stop();
  });

  beforeEach(() => {
    service.asked = [];
    other.asked = [];
    service.answers('{"fields":{"status":[{"name":"In progress"}]}}');
  });

  const logger = mockServices.logger.mock();

  function sources(more?: object, timeoutMs: number = 2_000): ContextSources {
    return ContextSources.create({
      contextSources: [
        {
          name: 'change',
          type: 'ticket',
          settings: {
            url: `${service.origin}/api/issues/{ticket}/state?fields=status`,
            headers: { authorization: SECRET },
            ca: service.ca,
            path: ['fields', 'status', '0', 'name'],
            values: ['In progress', 3, true],
            ...more,
          },
        },
      ],
      types: new Map([[ticketSource.type, ticketSource]]),
      profiles: [],
      logger,
      timeoutMs,
    });
  }

  async function ask(id: string | undefined, on = sources()) {
    const [finding] = await on.ask(['change'], {
      profileId: 'write',
      subject: 'user:default/ada',
      reasonGroups: id === undefined ? {} : { ticket: id },
    });
    return finding;
  }

  it('is satisfied by what has to stand there, and by nothing else', async () => {
    expect(await ask('OPS-1')).toEqual({
      source: 'change',
      satisfied: true,
      why: 'Ticket OPS-1 is In progress',
    });
    expect(service.asked).toEqual(['/api/issues/OPS-1/state?fields=status']);
    expect(service.authorization).toBe(SECRET);

    const at = (value: unknown) =>
      service.answers(
        JSON.stringify({ fields: { status: [{ name: value }] } }),
      );
    for (const good of [3, true]) {
      at(good);
      expect(await ask('OPS-1')).toMatchObject({ satisfied: true });
    }
    for (const bad of ['Done', 'in progress', null, ['In progress'], {}]) {
      at(bad);
      expect(await ask('OPS-1')).toMatchObject({
        satisfied: false,
        why: 'Ticket OPS-1 is not In progress or 3 or true',
      });
    }
    service.answers('{"__proto__":{"fields":{}}}');
    expect(
      await ask('OPS-1', sources({ path: ['constructor', 'name'] })),
    ).toMatchObject({ satisfied: false });
  });

  it('asks nobody without a ticket', async () => {
    for (const none of [undefined, '', '.', '..', 'x'.repeat(201)]) {
      expect(await ask(none)).toMatchObject({
        satisfied: false,
        why: 'The reason names no ticket',
      });
    }
    expect(service.asked).toEqual([]);
  });

  const failures: Array<[string, RequestListener, string]> = [
    [
      'a redirect to another host',
      (_req, res) =>
        res.writeHead(302, { location: `${other.origin}/api` }).end(),
      'answered 302',
    ],
    [
      'a redirect on its own host',
      (_req, res) => res.writeHead(308, { location: '/elsewhere' }).end(),
      'answered 308',
    ],
    ['a 404', (_req, res) => res.writeHead(404).end('{}'), 'answered 404'],
    ['a 401', (_req, res) => res.writeHead(401).end('{}'), 'answered 401'],
    [
      'a huge answer that says how long it is',
      (_req, res) => res.end(`{"a":"${'x'.repeat(65 * 1024)}"}`),
      'answered more than 64 kB',
    ],
    [
      'an answer without end',
      (_req, res) => {
        const more = () => {
          while (!res.destroyed && res.write(' '.repeat(1024)));
        };
        res.on('drain', more);
        more();
      },
      'answered more than 64 kB',
    ],
    [
      'what is not JSON',
      (_req, res) => res.end('<html>In progress</html>'),
      'answered something that is not JSON',
    ],
    ['silence', () => {}, 'did not answer in time'],
    [
      'an answer that begins and does not go on',
      (_req, res) => res.write('{"fields":'),
      'did not answer in time',
    ],
    [
      'a connection that breaks',
      (_req, res) => {
        res
          .writeHead(200, { 'content-length': 100 })
          .write('{"fields":', () => res.destroy());
      },
      'cannot be reached',
    ],
  ];

  it.each(failures)('is not satisfied by %s', async (what, answer, words) => {
    service.answer = answer;
    const timeoutMs = /silence|begins/.test(what) ? 200 : undefined;
    expect(await ask('OPS-1', sources({}, timeoutMs))).toEqual({
      source: 'change',
      satisfied: false,
      why: `The service that knows of ticket OPS-1 ${words}`,
    });
    expect(service.asked).toHaveLength(1);
    expect(other.asked).toEqual([]);
  });

  it('believes no service that it has no reason to', async () => {
    const stranger = sources({ ca: other.ca });
    expect(await ask('OPS-1', stranger)).toMatchObject({
      satisfied: false,
      why: 'The service that knows of ticket OPS-1 cannot be reached',
    });
    expect(service.asked).toEqual([]);
  });

  it('sends any id as one segment to the host in config', async () => {
    const ids = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            '..',
            '.',
            '/',
            '\\',
            '%2e',
            '%2f',
            '@',
            '?',
            '#',
            ':',
            ' ',
            '$&',
            'a',
          ),
          { minLength: 1, maxLength: 8 },
        )
        .map(pieces => pieces.join('')),
      fc.constant('//evil.example.net/x'),
      fc.constant('../../../admin?x='),
    );
    const sendable = ids.filter(id => id !== '.' && id !== '..');
    const on = sources();
    await fc.assert(
      fc.asyncProperty(sendable, async id => {
        service.asked = [];
        await ask(id, on);
        const [path] = service.asked;
        const [, segment] =
          /^\/api\/issues\/([^/?#\\]+)\/state\?fields=status$/.exec(path)!;
        expect(decodeURIComponent(segment)).toBe(id);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['http://tickets.example.net/{ticket}', 'must begin with https://'],
    ['https://{ticket}/api', 'as one whole segment'],
    ['https://{ticket}.example.net/api', 'as one whole segment'],
    ['https://tickets.example.net:{ticket}/', 'is not a URL'],
    ['https://tickets.example.net/api-{ticket}', 'as one whole segment'],
    ['https://tickets.example.net/{ticket}.json', 'as one whole segment'],
    ['https://tickets.example.net/api?id={ticket}', 'as one whole segment'],
    ['https://tickets.example.net/api?id=/{ticket}', 'in its path'],
    ['https://tickets.example.net/api#/{ticket}', 'neither user'],
    ['https://me:pw@tickets.example.net/{ticket}', 'neither user'],
    ['https://tickets.example.net/{ticket}/{ticket}', 'in it once'],
    ['https://tickets.example.net/api', 'in it once'],
    ['https://tickets.example.net/a/../{ticket}', 'as a browser would'],
    ['tickets/{ticket}', 'is not a URL'],
  ])('refuses the template %s', (url, words) => {
    expect(() => sources({ url })).toThrow(
      new RegExp(`jit.contextSources.change.url .*${words}`),
    );
  });

  it('refuses what it does not know, and says no secret', () => {
    expect(() => sources({ token: 'x' })).toThrow(
      'jit.contextSources.change.token is not a known key',
    );
    const broken = { headers: { authorization: `${SECRET}\r\nx: y` } };
    expect(() => sources(broken)).toThrow(
      'jit.contextSources.change.headers.authorization is not a header that can be sent',
    );
    expect(() => sources(broken)).not.toThrow(SECRET);
    expect(() => sources({ values: [] })).toThrow('change.values');
  });
});
