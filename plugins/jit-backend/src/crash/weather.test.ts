import { KILL_POINTS } from './__testUtils__/killPoints';
import { PEOPLE } from './__testUtils__/crew';
import { runKills } from './__testUtils__/runKills';
import { Site } from './__testUtils__/Site';

jest.setTimeout(300_000);

it('leaves outside and ledger in agreement when processes die, the outside fails and the ledger is cut off, all at once', async () => {
  // The first of the proof, the same each time: `npm run prove` goes on from there. It throws where they do not agree.
  const { results } = await runKills({
    seed: 1,
    until: { episodes: 4 },
    points: KILL_POINTS,
    lanes: ['postgres', 'sqlite'],
    weather: true,
  });
  expect(results).toHaveLength(4);
});

it('says that the ledger does not answer, and makes once what is asked for again', async () => {
  const site = await Site.open({ ledger: 'postgres' });
  try {
    const { api, token } = (await site.start()).as(PEOPLE[0]);
    const ask = () =>
      api.createRequest(
        { leases: [{ profileId: 'access', duration: { minutes: 5 } }] },
        { token, idempotencyKey: 'asked-in-the-dark' },
      );
    site.line!.cut();
    await expect(ask()).rejects.toMatchObject({
      statusCode: 503,
      body: {
        error: { message: expect.stringContaining('ledger does not answer') },
      },
    });
    site.line!.mend();
    const [first, again] = [await ask(), await ask()];
    expect(again.request.id).toBe(first.request.id);
  } finally {
    await site.close();
  }
});
