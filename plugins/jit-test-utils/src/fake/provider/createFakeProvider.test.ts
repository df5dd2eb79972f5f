import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import fc from 'fast-check';
import { TestClock } from '../../clock';
import { createLeaseContext } from '../../context';
import { driveToDone } from '../../conformance';
import { FakeWorld } from '../outside';
import { createFakeProvider } from './createFakeProvider';
import { fakeConnectionSchema, FakeHandle } from './fakeSchemas';

const connection = {
  name: 'playground',
  config: fakeConnectionSchema.parse({ ceiling: { names: ['reader'] } }),
};

describe('createFakeProvider', () => {
  it('comes to an end in any storm', async () => {
    const natures = fc.constantFrom<'at-once' | 'asynchronous' | 'ordered'>(
      'at-once',
      'asynchronous',
      'ordered',
    );
    const rate = fc.double({ min: 0, max: 0.15, noNaN: true });
    const rates = fc.record({
      refused: rate,
      unavailable: rate,
      tooMany: rate,
      loseAnswer: rate,
      landLate: rate,
    });
    await fc.assert(
      fc.asyncProperty(
        natures,
        fc.boolean(),
        fc.integer(),
        rates,
        async (nature, mayShare, seed, chances) => {
          const clock = new TestClock();
          const world = new FakeWorld({ clock });
          const shared = mayShare && nature !== 'ordered';
          const provider = createFakeProvider({
            outside: world,
            nature,
            shared,
          });
          await world.scheduleFaults({ seed, rates: chances });
          const committed: { handle?: FakeHandle } = {};
          const errors: unknown[] = [];
          const ctx = createLeaseContext({
            params: { name: 'reader' },
            connection,
          });
          const driveOnce = (operation: 'grant' | 'revoke') =>
            driveToDone<FakeHandle>({
              ...committed,
              step: handle => provider[operation]({ ...ctx, handle }),
              wait: async ms => clock.advance(ms),
              onCommit: handle => {
                committed.handle = handle;
              },
            });
          const drive = async (operation: 'grant' | 'revoke') => {
            for (let attempt = 0; attempt < 500; attempt++) {
              try {
                await driveOnce(operation);
                return;
              } catch (error) {
                errors.push(error);
                clock.advance(100);
              }
            }
            throw new Error(`${operation} never got through`);
          };
          await drive('grant');
          expect(await world.things()).not.toEqual([]);
          await drive('revoke');
          await world.clearFaults();
          await world.landLate();
          await drive('revoke');
          expect(await world.things()).toEqual([]);
          expect(await provider.inspect(ctx)).toEqual({ status: 'absent' });
          expect(errors.every(JitProviderError.is)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has sessions that die by themselves, if so told', async () => {
    const clock = new TestClock();
    const world = new FakeWorld({ clock });
    const provider = createFakeProvider({
      outside: world,
      endsSessions: false,
      residual: 'Tokens live on until they end.',
    });
    const notAfter = clock.now() + 900_000;
    const ctx = createLeaseContext({
      params: { name: 'reader' },
      connection,
      notAfter,
    });
    await provider.grant(ctx);
    const credentials = await provider.issueCredentials!(ctx);
    const secret = credentials.forms[0].value;
    await world.signIn({ key: ctx.externalName, secret });
    await provider.revoke(ctx);
    expect(provider.supports.sessions).toBe(false);
    expect(await provider.inspect(ctx)).toMatchObject({
      status: 'present',
      aliveUntil: notAfter,
      residual: 'Tokens live on until they end.',
    });
    clock.advance(900_000);
    expect(await provider.inspect(ctx)).toMatchObject({ status: 'absent' });
  });

  it('needs a world', async () => {
    const provider = createFakeProvider();
    const ctx = createLeaseContext({ params: { name: 'reader' }, connection });
    await expect(provider.identity(ctx)).rejects.toMatchObject({
      class: 'misconfigured',
    });
  });

  it('denies by default, and takes no settings it does not know', () => {
    const { ceiling, system } = fakeConnectionSchema.parse({});
    expect({ ceiling, system }).toEqual({
      ceiling: { names: [] },
      system: 'main',
    });
    expect(fakeConnectionSchema.safeParse({ urll: 'x' }).success).toBe(false);
  });
});
