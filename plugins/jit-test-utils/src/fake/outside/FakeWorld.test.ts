import { TestClock } from '../../clock';
import { createLeaseContext } from '../../context';
import { createFakeProvider } from '../provider';
import { FakeThing } from './exchanges';
import { FakeOutsideError } from './FakeOutsideError';
import { FakeWorld } from './FakeWorld';

const thing: FakeThing = { key: 'a', role: 'reader', secret: 'open sesame' };

function setUp() {
  const clock = new TestClock();
  const world = new FakeWorld({ clock });
  const put = (signal?: AbortSignal) =>
    world.exchange({ system: 'main', verb: 'put', ask: { thing } }, { signal });
  const get = () =>
    world.exchange({ system: 'main', verb: 'get', ask: { key: 'a' } });
  const failure = (error: unknown) =>
    error instanceof FakeOutsideError ? error.failure : error;
  return { clock, world, put, get, failure };
}

describe('FakeWorld', () => {
  it('rejects without effect, as often as told, where told', async () => {
    const { world, put, get } = setUp();
    await world.addFault({
      fault: { type: 'reject', as: 'too-many', retryAfterMs: 700 },
      match: { verb: 'put', key: 'a' },
      skip: 1,
      times: 2,
    });
    await put();
    await expect(put()).rejects.toMatchObject({ retryAfterMs: 700 });
    await expect(get()).resolves.toMatchObject({ thing });
    await expect(put()).rejects.toMatchObject({ failure: 'too-many' });
    await expect(put()).resolves.toMatchObject({ made: false });

    await world.addFault({
      fault: { type: 'reject', as: 'refused' },
      times: 'always',
    });
    await expect(put()).rejects.toMatchObject({ failure: 'refused' });
    await expect(get()).rejects.toMatchObject({ failure: 'refused' });
    await world.clearFaults();
    await get();
  });

  it('loses an answer after the effect', async () => {
    const { world, put } = setUp();
    await world.addFault({ fault: { type: 'lose-answer' } });
    await expect(put()).rejects.toMatchObject({ failure: 'lost' });
    await expect(world.things()).resolves.toEqual([thing]);
  });

  it('lets an effect land late: when told, or when it is time', async () => {
    const { clock, world, put } = setUp();
    await world.addFault({ fault: { type: 'land-late' } });
    await expect(put()).rejects.toMatchObject({ failure: 'lost' });
    await expect(world.things()).resolves.toEqual([]);
    await expect(world.landLate()).resolves.toEqual({ landed: 1 });
    await expect(world.things()).resolves.toEqual([thing]);
    await expect(world.landLate()).resolves.toEqual({ landed: 0 });

    await world.reset();
    await world.addFault({
      fault: { type: 'land-late', hang: true, afterMs: 5000 },
    });
    const controller = new AbortController();
    const given = put(controller.signal);
    controller.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    clock.advance(4999);
    await expect(world.things()).resolves.toEqual([]);
    clock.advance(1);
    await expect(world.things()).resolves.toEqual([thing]);
  });

  it('hangs without effect until the caller gives up', async () => {
    const { world, put } = setUp();
    await world.addFault({ fault: { type: 'hang' } });
    const controller = new AbortController();
    const hanging = put(controller.signal);
    controller.abort(new Error('given up'));
    await expect(hanging).rejects.toThrow('given up');
    await expect(world.things()).resolves.toEqual([]);
  });

  it('takes its time by its own clock', async () => {
    const { clock, world, put } = setUp();
    await world.addFault({ fault: { type: 'latency', ms: 300 } });
    const slow = put();
    await expect(world.things()).resolves.toEqual([]);
    clock.advance(300);
    await expect(slow).resolves.toMatchObject({ made: true });
  });

  it('strikes by chance the same way for the same seed', async () => {
    const run = async (seed: number) => {
      const { clock, world, put, failure } = setUp();
      await world.scheduleFaults({
        seed,
        rates: {
          refused: 0.2,
          unavailable: 0.2,
          loseAnswer: 0.2,
          latency: 0.1,
        },
        latencyMs: 10,
      });
      const outcomes: unknown[] = [];
      for (let exchange = 0; exchange < 60; exchange++) {
        const answer = put().then(() => 'done', failure);
        clock.advance(10);
        outcomes.push(await answer);
      }
      return outcomes;
    };
    const outcomes = await run(7);
    expect(new Set(outcomes)).toEqual(
      new Set(['done', 'refused', 'unavailable', 'lost']),
    );
    await expect(run(7)).resolves.toEqual(outcomes);
    await expect(run(8)).resolves.not.toEqual(outcomes);
  });

  it('answers reads as things were, and changes as they are', async () => {
    const { clock, world, put, get } = setUp();
    const lag = (value: { ms: number } | 'freeze' | undefined) =>
      world.setCondition({ condition: { lag: value } });
    await lag({ ms: 2000 });
    await put();
    await expect(get()).resolves.toMatchObject({ thing: undefined });
    await expect(put()).resolves.toMatchObject({ made: false });
    clock.advance(2000);
    await expect(get()).resolves.toMatchObject({ thing });

    await lag('freeze');
    await world.snatchThing({ key: 'a' });
    clock.advance(60_000);
    await expect(get()).resolves.toMatchObject({ thing });
    await expect(world.things()).resolves.toEqual([]);
    await lag(undefined);
    await expect(get()).resolves.toMatchObject({ thing: undefined });
  });

  it('tells an account without rights from one it does not know', async () => {
    const { world, get } = setUp();
    await world.setCondition({ condition: { rights: 'none' } });
    await expect(get()).rejects.toMatchObject({ failure: 'forbidden' });
    await world.setCondition({ condition: { rights: 'unknown' } });
    await expect(get()).rejects.toMatchObject({ failure: 'unauthorized' });
    await world.setCondition({ condition: { rights: 'full' } });
    await get();
  });

  it('shows another system, with its own things, behind a repointed name', async () => {
    const { world, put, get } = setUp();
    const identify = () =>
      world.exchange({ system: 'main', verb: 'identify', ask: {} });
    const before = await identify();
    await put();
    await world.repoint({ from: 'main', to: 'other' });
    expect(await identify()).not.toEqual(before);
    await expect(get()).resolves.toMatchObject({ thing: undefined });
    await world.repoint({ from: 'main', to: 'main' });
    expect(await identify()).toEqual(before);
    await world.setIdentity({ identity: 'rebuilt' });
    expect(await identify()).toEqual({ identity: 'rebuilt' });
  });

  it('lets sign in whom it should, and keeps sessions until they are ended', async () => {
    const { clock, world, put } = setUp();
    await put();
    const signIn = (secret?: string) => world.signIn({ key: 'a', secret });
    await expect(signIn('wrong')).resolves.toEqual({});
    await expect(signIn()).resolves.toEqual({});
    const { sessionId = '' } = await signIn(thing.secret);
    const expiresAt = clock.now() + 1000;
    const expire = { key: 'a', expiresAt };
    await world.exchange({ system: 'main', verb: 'setExpiry', ask: expire });
    clock.advance(1000);
    await expect(signIn(thing.secret)).resolves.toEqual({});
    await world.snatchThing({ key: 'a' });
    // Like most systems: neither the expiry nor the removal of an account ends what is open.
    await expect(world.useSession({ sessionId })).resolves.toEqual({
      alive: true,
    });
    const ask = { key: 'a' };
    await world.exchange({ system: 'main', verb: 'endSessions', ask });
    await expect(world.useSession({ sessionId })).resolves.toEqual({
      alive: false,
    });
    const effects = await world.effects();
    expect(effects.map(({ effect }) => effect)).toEqual([
      'made',
      'session-opened',
      'expiry-moved',
      'sessions-ended',
    ]);
  });

  it('records the calls of providers, and those that overlapped', async () => {
    const { world } = setUp();
    const provider = createFakeProvider({ outside: world, worker: 'one' });
    const connection = {
      name: 'main',
      config: { system: 'main', ceiling: { names: [] } },
    };
    const one = createLeaseContext({ params: { name: 'reader' }, connection });
    const two = createLeaseContext({ params: { name: 'reader' }, connection });
    await provider.grant(one);
    await Promise.all([provider.inspect(one), provider.inspect(two)]);
    await Promise.all([provider.inspect(one), provider.revoke(one)]);
    const calls = await world.calls();
    expect(
      calls.map(({ operation, outcome, overlapped }) => [
        operation,
        outcome,
        overlapped.length,
      ]),
    ).toEqual([
      ['grant', 'done', 0],
      ['inspect', 'present', 0],
      ['inspect', 'absent', 0],
      ['inspect', 'present', 0],
      ['revoke', 'done', 1],
    ]);
    expect(calls[0]).toMatchObject({
      worker: 'one',
      provider: 'fake.access',
      system: 'main',
      externalName: one.externalName,
      leaseId: one.lease.id,
    });
  });

  it('takes no call for under way whose end is slow to be recorded', async () => {
    const { world } = setUp();
    const provider = createFakeProvider({ outside: world });
    const lease = createLeaseContext({
      params: { name: 'reader' },
      connection: {
        name: 'main',
        config: { system: 'main', ceiling: { names: [] } },
      },
    });
    const endCall = world.endCall.bind(world);
    let record = () => {};
    const slow = new Promise<void>(resolve => (record = resolve));
    const atEnd = new Promise<void>(ended => {
      jest.spyOn(world, 'endCall').mockImplementationOnce(async options => {
        ended();
        await slow;
        await endCall(options);
      });
    });
    const first = provider.inspect(lease);
    await atEnd;
    const second = provider.inspect(lease);
    record();
    await Promise.all([first, second]);
    expect(await world.calls()).toMatchObject([
      { operation: 'inspect', overlapped: [] },
      { operation: 'inspect', overlapped: [] },
    ]);
  });
});
