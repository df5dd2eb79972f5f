import {
  failureOf,
  RecordingLogger,
} from '@backstage-jit/plugin-jit-test-utils';
import { z } from 'zod';
import {
  callTo,
  PURPOSE,
  read,
  remove,
  TOKEN,
} from '../__testUtils__/scriptedCall';
import { ScriptedOkta } from '../__testUtils__/ScriptedOkta';
import { list } from './OktaClient';

const NOON = Date.parse('2030-06-01T12:00:00Z');

let okta: ScriptedOkta;

beforeEach(async () => {
  okta = await ScriptedOkta.start();
});

afterEach(async () => {
  await okta.stop();
});

async function failure(run: Promise<unknown>) {
  const error = await failureOf(run);
  expect(JSON.stringify([error.message, error])).not.toContain(TOKEN);
  return error;
}

describe('requests to Okta', () => {
  it.each([
    // The org's clock is ten minutes ahead of ours; only the distance counts.
    [
      { date: 600, 'x-rate-limit-limit': '50', 'x-rate-limit-reset': 627 },
      27_000,
    ],
    [{ date: 0, 'x-rate-limit-limit': '50', 'x-rate-limit-reset': -5 }, 1_000],
    [
      { date: 0, 'x-rate-limit-limit': '50', 'x-rate-limit-reset': 90_000 },
      600_000,
    ],
    [{ date: 0, 'x-rate-limit-limit': '0', 'x-rate-limit-reset': 40 }, 5_000],
    [{ date: 0, 'retry-after': '7' }, 7_000],
    [{ date: 0, 'x-rate-limit-reset': 'soon' }, 60_000],
    [{}, 60_000],
  ])('come back when a 429 says: %j', async (given, expected) => {
    const at = (seconds: number) => NOON + seconds * 1000;
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => {
        if (typeof value === 'string') {
          return [name, value];
        }
        return [
          name,
          name === 'date'
            ? new Date(at(value)).toUTCString()
            : `${at(value) / 1000}`,
        ];
      }),
    );
    okta.answer = () => ({ status: 429, headers, body: '{}' });
    for (const run of [read, remove]) {
      expect(await failure(run(callTo(okta)))).toMatchObject({
        class: 'rate-limited',
        retryAfterMs: expected,
      });
    }
  });

  it.each([
    [401, 'connection', 'connection', 'the token has expired or was revoked'],
    [
      403,
      'misconfigured',
      'misconfigured',
      '(403, E0000006): it needs the scope okta.users.read',
    ],
    [400, 'misconfigured', 'misconfigured', '(400, E0000006)'],
    [302, 'misconfigured', 'misconfigured', "use the org's own address"],
    [500, 'retryable', 'unknown-outcome', 'Okta failed (500)'],
    [503, 'retryable', 'unknown-outcome', 'Okta failed (503)'],
  ])('tell a %i apart', async (status, reading, writing, words) => {
    okta.answer = () => ({
      status,
      headers: { location: `${okta.url}/elsewhere` },
      body: `{"errorCode":"E0000006","errorSummary":"echo ${TOKEN}"}`,
    });
    expect(await failure(read(callTo(okta)))).toMatchObject({
      class: reading,
      message: expect.stringContaining(words),
    });
    expect(await failure(remove(callTo(okta)))).toMatchObject({
      class: writing,
    });
    // A redirect is not followed with the token in hand.
    expect(okta.seen).toHaveLength(2);
    expect(okta.seen[0].authorization).toBe(`SSWS ${TOKEN}`);
  });

  it("take only Okta's own word that something does not exist", async () => {
    okta.answer = () => ({
      status: 404,
      body: '{"errorCode":"E0000007","errorSummary":"Not found"}',
    });
    expect(await read(callTo(okta))).toBeUndefined();
    expect(await remove(callTo(okta))).toBe(false);

    okta.answer = () => ({ status: 404, body: '<html>Not Found</html>' });
    expect(await failure(read(callTo(okta)))).toMatchObject({
      class: 'connection',
    });
    expect(await failure(remove(callTo(okta)))).toMatchObject({
      class: 'unknown-outcome',
    });

    for (const body of ['<html>Sign in to the proxy</html>', '{"id":7}']) {
      okta.answer = () => ({ body });
      expect(await failure(read(callTo(okta)))).toMatchObject({
        class: 'connection',
        message: expect.stringContaining('does not answer as Okta does'),
      });
    }
  });

  it('know whether anything was sent when no answer comes', async () => {
    for (const cut of ['before', 'within'] as const) {
      okta.answer = () => ({ cut, body: '{"id":"1"}' });
      expect(await failure(read(callTo(okta)))).toMatchObject({
        class: 'connection',
      });
      expect(await failure(remove(callTo(okta)))).toMatchObject({
        class: 'unknown-outcome',
      });
    }
    okta.answer = () => ({ silent: true });
    expect(
      await failure(remove(callTo(okta, {}, { timeoutMs: 100 }))),
    ).toMatchObject({
      class: 'unknown-outcome',
    });

    const before = okta.seen.length;
    const given = callTo(okta, {}, { signal: AbortSignal.abort() });
    expect(await failure(remove(given))).toMatchObject({ class: 'retryable' });
    expect(okta.seen).toHaveLength(before);

    const call = callTo(okta);
    await okta.stop();
    for (const run of [read, remove]) {
      expect(await failure(run(call))).toMatchObject({
        class: 'connection',
        message:
          "The org of connection 'acme' cannot be reached (ECONNREFUSED).",
      });
    }
  });

  it('read lists to their end, on the org alone, or fail', async () => {
    const all = (call = callTo(okta)) =>
      list(
        call,
        { ...PURPOSE, path: '/api/v1/groups' },
        z.object({ id: z.string() }),
      );
    const next = (url: string) => ({
      link: `<${okta.url}/self>; rel="self", <${url}>; rel="next"`,
    });
    okta.answer = ({ url }) =>
      url.includes('after=')
        ? { body: '[{"id":"3"}]', headers: { link: '<x>; rel="self"' } }
        : {
            body: '[{"id":"1"},{"id":"2"}]',
            headers: next(`${okta.url}/api/v1/groups?after=2`),
          };
    expect(await all()).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }]);

    okta.answer = ({ url }) =>
      url.includes('after=')
        ? { status: 500 }
        : { body: '[]', headers: next(`${okta.url}/?after=2`) };
    expect(await failure(all())).toMatchObject({ class: 'retryable' });

    const elsewhere = await ScriptedOkta.start();
    okta.answer = () => ({ body: '[]', headers: next(`${elsewhere.url}/`) });
    expect(await failure(all())).toMatchObject({ class: 'connection' });
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.stop();

    okta.answer = () => ({ body: '[]', headers: next(`${okta.url}/again`) });
    expect(await failure(all())).toMatchObject({ class: 'connection' });
  });

  it('leave nothing in the log', async () => {
    okta.answer = () => ({ status: 500 });
    const call = callTo(okta);
    await failure(read(call));
    expect((call.ctx.logger as RecordingLogger).entries).toEqual([]);
  });
});
