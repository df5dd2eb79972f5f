import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createDeferred } from '@backstage/types';
import { createLeaseContext } from '../../context';
import { FakeOutsideError, FakeWorld } from '../outside';
import { createFakeProvider } from '../provider';
import { FakeOutsideServer } from './FakeOutsideServer';
import { RemoteFakeOutside } from './RemoteFakeOutside';

/** Tells when a process begins an exchange, and when it is gone. */
class WatchedWorld extends FakeWorld {
  readonly exchanged = createDeferred<void>();
  readonly gone = createDeferred<string>();

  override exchange: FakeWorld['exchange'] = (...args) => {
    const answer = super.exchange(...args);
    this.exchanged.resolve();
    return answer;
  };

  override async workerGone(options: { worker: string }): Promise<void> {
    await super.workerGone(options);
    this.gone.resolve(options.worker);
  }
}

describe('FakeOutsideServer', () => {
  let world: WatchedWorld;
  let server: FakeOutsideServer;
  let remote: RemoteFakeOutside;

  beforeEach(async () => {
    world = new WatchedWorld();
    server = await FakeOutsideServer.start({ world });
    remote = new RemoteFakeOutside({ url: server.url });
  });

  afterEach(async () => {
    remote.close();
    await server.stop();
  });

  it('outlives a process that is killed in a call, and knows that it died', async () => {
    await world.addFault({ fault: { type: 'land-late', hang: true } });
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        resolve(__dirname, 'testing/hangInGrant.ts'),
        server.url,
        'jit_killed',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const exited = once(child, 'exit');
    await world.exchanged;
    expect(await world.calls()).toMatchObject([{ operation: 'grant' }]);
    expect((await world.calls())[0].outcome).toBeUndefined();
    child.kill('SIGKILL');
    await exited;
    await world.gone;
    await world.landLate();
    const [thing] = await world.things();
    expect(thing).toMatchObject({ key: 'jit_killed' });

    const provider = createFakeProvider({ outside: server.url });
    const ctx = createLeaseContext({
      params: { name: 'reader' },
      connection: {
        name: 'main',
        config: { system: 'main', ceiling: { names: ['reader'] } },
      },
      externalName: 'jit_killed',
      // The ledger of the process that died.
      mark: thing.mark,
    });
    await provider.revoke(ctx);
    expect(await remote.calls()).toMatchObject([
      { operation: 'grant', outcome: 'abandoned' },
      { operation: 'revoke', outcome: 'done', overlapped: [] },
    ]);
    expect(await remote.things()).toEqual([]);
  }, 60_000);

  it('answers the same as the world itself', async () => {
    const thing = { key: 'a', role: 'reader', secret: 'open sesame' };
    await remote.placeThing({ thing });
    expect(await remote.things()).toEqual(await world.things());
    const { sessionId = '' } = await remote.signIn({
      key: 'a',
      secret: thing.secret,
    });
    expect(await remote.useSession({ sessionId })).toEqual({ alive: true });
    expect(await remote.sessions()).toEqual(await world.sessions());
    await remote.signOut({ sessionId });
    expect(await remote.useSession({ sessionId })).toEqual({ alive: false });
    await remote.snatchThing({ key: 'a' });
    expect(await remote.things()).toEqual([]);
    expect(await remote.effects()).toEqual(await world.effects());
    expect(await remote.requests()).toEqual([]);

    const identify = () =>
      remote.exchange({ system: 'main', verb: 'identify', ask: {} });
    await remote.repoint({ from: 'main', to: 'other' });
    await remote.setIdentity({ identity: 'rebuilt' });
    expect(await identify()).toEqual({ identity: 'rebuilt' });
    await remote.scheduleFaults({ seed: 1, rates: { unavailable: 1 } });
    await expect(identify()).rejects.toMatchObject({ failure: 'unavailable' });
    await remote.clearFaults();
    await remote.setCondition({ condition: { down: true } });
    await expect(identify()).rejects.toMatchObject({ failure: 'refused' });
    await remote.setCondition({ condition: { down: undefined } });
    await remote.addFault({
      fault: { type: 'reject', as: 'too-many', retryAfterMs: 70 },
    });
    await expect(identify()).rejects.toMatchObject({ retryAfterMs: 70 });
    expect(await remote.landLate()).toEqual({ landed: 0 });
    await remote.reset();
    expect(await remote.calls()).toEqual([]);
  });

  it('refuses when it has gone', async () => {
    await server.stop();
    const error = await remote.things().catch(refused => refused);
    expect(error).toBeInstanceOf(FakeOutsideError);
    expect(error.failure).toBe('refused');
    const provider = createFakeProvider({ outside: server.url });
    const ctx = createLeaseContext({
      params: { name: 'reader' },
      connection: {
        name: 'main',
        config: { system: 'main', ceiling: { names: [] } },
      },
    });
    await expect(provider.identity(ctx)).rejects.toMatchObject({
      class: 'connection',
    });
  });

  it('takes a call for abandoned that it reads after its sender died', async () => {
    await fetch(`${server.url}/call/beginCall`, {
      method: 'POST',
      body: JSON.stringify({
        worker: 'dead',
        provider: 'fake.access',
        operation: 'grant',
        system: 'main',
      }),
    });
    expect(await world.gone).toBe('dead');
    expect(await world.calls()).toMatchObject([{ outcome: 'abandoned' }]);
  });

  it('has nothing but the calls of a world', async () => {
    for (const path of ['/', '/call/constructor', '/call/nonsense']) {
      const response = await fetch(server.url + path, { method: 'POST' });
      expect(response.status).toBe(404);
    }
  });
});
