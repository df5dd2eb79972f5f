import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { DEFAULT_ENGINE_SETTINGS } from '../config';

jest.setTimeout(60_000);

onBothDatabases('claims', database => {
  const bench = async () => await EngineBench.create(await database.open());

  it('takes over from a worker that died in a call, and counts nothing absent before that call can land no more', async () => {
    const b = await bench();
    let died = () => {};
    const dead = new Promise<void>(resolve => {
      died = resolve;
    });
    const doomed = b.engine({
      failpoint: async (name, { operation }) => {
        if (name === 'intent-committed' && operation === 'grant') {
          died();
          await new Promise(() => {});
        }
      },
    });
    const id = await b.ask();
    await doomed.tick();
    await dead;

    const heir = b.engine();
    await b.work(heir);
    expect((await b.lease(id)).state).toBe('granting');
    await b.wishEnd(id);
    b.clock.advance(9_000);
    await b.work(heir);
    expect((await b.lease(id)).state).toBe('granting');
    await b.run([heir], async () => await b.atRest());
    const ended = await b.lease(id);
    expect(ended).toMatchObject({ state: 'revoked', endReason: 'returned' });
    await heir.stop();
  });

  it('gives a call up when its claim was lost, and writes nothing of it', async () => {
    const b = await bench();
    await b.world.addFault({ fault: { type: 'hang' }, match: { verb: 'put' } });
    let sent = () => {};
    const calling = new Promise<void>(resolve => {
      sent = resolve;
    });
    const engine = b.engine({
      settings: { ...DEFAULT_ENGINE_SETTINGS, claimRenewalMs: 50 },
      failpoint: async (name, { operation }) => {
        if (name === 'intent-committed' && operation === 'grant') {
          sent();
        }
      },
    });
    const id = await b.ask();
    await engine.tick();
    await calling;
    // Another replica has it now.
    await b.ledger
      .knex('jit_entitlements')
      .update({ claim_token: 'theirs', claim_until: 9e15 });
    await engine.idle();

    const [call] = (await b.world.calls()).filter(
      each => each.operation === 'grant',
    );
    expect(call.endedAt! - call.startedAt).toBeLessThan(
      DEFAULT_ENGINE_SETTINGS.callTimeoutMs,
    );
    expect(await b.lease(id)).toMatchObject({ state: 'granting', attempts: 0 });
    const [{ claim_token }] = await b.ledger.knex('jit_entitlements');
    expect(claim_token).toBe('theirs');
    await engine.stop();
  });

  it('sends no call that its claim cannot outlive', async () => {
    const { claimLifeMs, claimRenewalMs } = DEFAULT_ENGINE_SETTINGS;
    const grantsSentWhenHeldUpFor = async (heldUpMs: number) => {
      const b = await bench();
      const now = performance.now.bind(performance);
      let passed = 0;
      const clock = jest
        .spyOn(performance, 'now')
        .mockImplementation(() => now() + passed);
      const engine = b.engine({
        failpoint: async (name, { operation }) => {
          if (name === 'intent-committed' && operation === 'grant') {
            passed = heldUpMs;
          }
        },
      });
      const id = await b.ask();
      await engine.tick();
      await engine.idle();
      clock.mockRestore();
      const calls = await b.world.calls();
      await engine.stop();
      return { b, id, sent: calls.filter(c => c.operation === 'grant').length };
    };

    const inTime = claimLifeMs - claimRenewalMs - 2_000;
    expect((await grantsSentWhenHeldUpFor(inTime)).sent).toBe(1);
    const { b, id, sent } = await grantsSentWhenHeldUpFor(
      claimLifeMs - claimRenewalMs,
    );
    expect(sent).toBe(0);
    expect(await b.lease(id)).toMatchObject({ state: 'granting', attempts: 0 });

    // The intent stands: whoever claims it next carries it out.
    const heir = b.engine();
    await b.run([heir], async () => (await b.lease(id)).state === 'active');
    await heir.stop();
  });
});
