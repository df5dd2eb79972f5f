import { resolvePackagePath } from '@backstage/backend-plugin-api';
import fc from 'fast-check';
import { EngineBench } from '../__testUtils__/EngineBench';
import { onBothDatabases } from '../__testUtils__/onBothDatabases';
import { takeClaims } from '../__testUtils__/takeClaims';
import { EventChain } from '../events/EventChain';
import { EventLine } from '../events/LeaseEventRecord';
import { LeaseRecord } from '../leases/records';
import { fromRow, toRow } from './columns';
import { SystemDatabaseClock } from './DatabaseClock';
import { assertSupported } from './dialect';
import { migrate } from './migrate';
import { Claim } from './operations/engine/Claim';
import { claimDue } from './operations/engine/claimDue';
import { commitTurns } from './operations/engine/commitTurns';
import { renewClaims } from './operations/engine/renewClaims';
import { readLedgerId } from './operations/readLedgerId';
import { leaseColumns, TABLES } from './tables';

jest.setTimeout(60_000);

onBothDatabases('the ledger', database => {
  it('goes up, keeps what it holds, and goes down to nothing', async () => {
    const knex = await database.open();
    const bench = await EngineBench.create(knex);
    const id = await bench.ask();
    const engine = bench.engine();
    await bench.work(engine);
    await engine.stop();
    const ledgerId = await readLedgerId({ knex });
    await migrate(knex);
    expect(await readLedgerId({ knex })).toBe(ledgerId);
    const lease = await bench.lease(id);
    expect(fromRow(leaseColumns, toRow(leaseColumns, lease))).toEqual(lease);

    await knex.migrate.rollback(
      {
        directory: resolvePackagePath(
          '@backstage-jit/plugin-jit-backend',
          'migrations',
        ),
      },
      true,
    );
    for (const table of Object.values(TABLES)) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    await migrate(knex);
    // Another ledger now: what the old one made is not its.
    expect(await readLedgerId({ knex })).not.toBe(ledgerId);
  });

  it('tells the time of the database, not of this process', async () => {
    const knex = await database.open();
    const clock = new SystemDatabaseClock();
    const real = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(real + 600_000);
    const told = await clock.now(knex);
    jest.restoreAllMocks();
    expect(Math.abs(told - real)).toBeLessThan(60_000);
  });

  it('gives each entitlement to one worker, within the slots of its connection, shared out among connections', async () => {
    const knex = await database.open();
    const bench = await EngineBench.create(knex, { concurrency: 4 });
    await knex(TABLES.connections).insert({
      name: 'other',
      type: 'fake',
      concurrency: 50,
      slots: 50,
    });
    for (let n = 0; n < 10; n += 1) {
      await bench.ask();
      await bench.ask({ connection: 'other' });
    }
    const claim = () => takeClaims(bench.ledger, { limit: 6 });
    const both = (await Promise.all([claim(), claim()])).flat();
    expect(new Set(both.map(each => each.entitlementId)).size).toBe(
      both.length,
    );
    const rest = await claim();
    const claims = [...both, ...rest];
    const of = (name: string) => claims.filter(c => c.connection === name);
    expect(of('main')).toHaveLength(4);
    expect(of('other').length).toBeGreaterThanOrEqual(6);

    await knex(TABLES.connections)
      .where({ name: 'other' })
      .update({ paused_until: 9e15 });
    await knex(TABLES.entitlements).update({ turn_at: null });
    expect(await claim()).toEqual([]);

    // A claim that ran out is lost to its holder, and can be had by another.
    const [lost] = of('main');
    bench.clock.advance(10_001);
    expect(
      await renewClaims(bench.ledger, { claims: [lost], claimLifeMs: 10_000 }),
    ).toEqual([lost]);
    const [result] = await commitTurns(bench.ledger, {
      claimLifeMs: 10_000,
      turns: [
        {
          claim: lost,
          decide: () => {
            throw new Error('must not be asked');
          },
        },
      ],
    });
    expect(result).toEqual({ type: 'claim-lost' });
    await knex(TABLES.entitlements).update({ turn_at: 0 });
    expect((await claim()).length).toBeGreaterThan(0);
  });

  it('lets one turn of a commit fail without the others', async () => {
    const bench = await EngineBench.create(await database.open());
    const [first, second] = [await bench.ask(), await bench.ask()];
    const claims = await takeClaims(bench.ledger, { limit: 2 });
    const results = await commitTurns(bench.ledger, {
      claimLifeMs: 10_000,
      turns: claims.map(claim => ({
        claim,
        decide: view => {
          if (claim.entitlementId === first) {
            throw new Error('its own');
          }
          const [lease] = view.leases;
          return {
            view: { ...view, leases: [{ ...lease, note: 'written' }] },
            events: [
              { leaseId: lease.id, type: 'lease.stuck', actor: 'system:test' },
            ],
            schedule: {},
            keepClaim: false,
          };
        },
      })),
    });
    expect(results.map(result => result.type).sort()).toEqual([
      'failed',
      'written',
    ]);
    expect((await bench.lease(first)).note).toBeUndefined();
    expect(await bench.lease(second)).toMatchObject({
      note: 'written',
      version: 2,
    });
    expect(await bench.story(second)).toEqual([
      'lease.requested',
      'lease.stuck',
    ]);
  });

  it('takes the first turn in the transaction of its claim: written with it, or with nothing but the claim when that fails', async () => {
    const knex = await database.open();
    const bench = await EngineBench.create(knex);
    const [written, failing, alone, part] = [
      await bench.ask(),
      await bench.ask(),
      await bench.ask(),
      await bench.ask(),
    ];
    const bundle = { id: 'both', title: 'Both', part: 0, parts: 2 };
    await knex(TABLES.leases)
      .where({ id: part })
      .update({ bundle: JSON.stringify(bundle) });
    const asked: string[] = [];
    const { claimed } = await claimDue(bench.ledger, {
      limit: 4,
      claimLifeMs: 10_000,
      begin: claim => {
        asked.push(claim.entitlementId);
        return claim.entitlementId === alone
          ? undefined
          : {
              claim,
              decide: view => {
                if (claim.entitlementId === failing) {
                  throw new Error('its own');
                }
                const [lease] = view.leases;
                return {
                  view: { ...view, leases: [{ ...lease, note: 'begun' }] },
                  events: [],
                  schedule: {},
                  keepClaim: true,
                };
              },
            };
      },
    });
    expect(claimed).toHaveLength(4);
    // Its turn sees the other parts, whose locks a claim does not take.
    expect(asked.sort()).toEqual([written, failing, alone].sort());
    const begun = claimed.filter(each => each.begun);
    expect(begun).toHaveLength(2);
    expect(begun).toEqual(
      expect.arrayContaining(
        [
          [written, 'written'],
          [failing, 'failed'],
        ].map(([entitlementId, type]) => {
          const claim = expect.objectContaining({ entitlementId });
          return {
            claim,
            begun: {
              turn: expect.objectContaining({ claim }),
              result: expect.objectContaining({ type }),
            },
          };
        }),
      ),
    );
    expect((await bench.lease(written)).note).toBe('begun');
    expect((await bench.lease(failing)).note).toBeUndefined();

    expect(await takeClaims(bench.ledger, { limit: 4 })).toEqual([]);
    expect(
      await renewClaims(bench.ledger, {
        claims: claimed.map(({ claim }) => claim),
        claimLifeMs: 10_000,
      }),
    ).toEqual([]);
  });

  it('moves what is due in its queue only when its claim is given back', async () => {
    const knex = await database.open();
    const bench = await EngineBench.create(knex);
    await bench.ask();
    const claims = await takeClaims(bench.ledger, { limit: 1 });
    const queued = async () =>
      await knex(TABLES.entitlements).first('next_at', 'turn_at');
    const write = async (keepClaim: boolean) =>
      await commitTurns(bench.ledger, {
        claimLifeMs: 10_000,
        turns: claims.map(claim => ({
          claim,
          decide: view => ({
            view,
            events: [],
            schedule: { nextAt: 9e12 },
            keepClaim,
          }),
        })),
      });
    const before = await queued();
    await write(true);
    expect(await queued()).toEqual(before);
    await write(false);
    const after = await queued();
    expect(Number(after.next_at)).toBe(9e12);
    expect(after.turn_at).toBe(null);
  });

  it('shows a turn the other part of a bundle, also one that was none yet when it was claimed', async () => {
    const knex = await database.open();
    const bench = await EngineBench.create(knex);
    const parts = [await bench.ask(), await bench.ask()];
    const claim = () => takeClaims(bench.ledger, { limit: 2 });
    const seen = async (claims: Claim[]) => {
      const others: string[] = [];
      await commitTurns(bench.ledger, {
        claimLifeMs: 10_000,
        turns: claims.slice(0, 1).map(each => ({
          claim: each,
          decide: view => {
            others.push(...view.otherParts!.map(part => part.id));
            return { view, events: [], schedule: {}, keepClaim: true };
          },
        })),
      });
      return [claims[0].entitlementId, ...others].sort();
    };
    const before = await claim();
    expect(before.map(each => each.bundled)).toEqual([false, false]);
    for (const [part, id] of parts.entries()) {
      const bundle = { id: 'both', title: 'Both', part, parts: 2 };
      await knex(TABLES.leases)
        .where({ id })
        .update({ request_id: 'one', bundle: JSON.stringify(bundle) });
    }
    expect(await seen(before)).toEqual([...parts].sort());

    await knex(TABLES.entitlements).update({ next_at: 0, claim_until: null });
    const after = await claim();
    expect(after.map(each => each.bundled)).toEqual([true, true]);
    expect(await seen(after)).toEqual([...parts].sort());
  });
});

it('refuses a database that it was not built for', () => {
  expect(() =>
    assertSupported({ client: { config: { client: 'mysql2' } } } as never),
  ).toThrow('not on mysql2');
});

it('finds every edit of a signed history', () => {
  const keys = [
    { id: 'new', secret: 'b'.repeat(32) },
    { id: 'old', secret: 'a'.repeat(32) },
  ];
  const draft = fc.record<EventLine>({
    leaseId: fc.constant('l'),
    type: fc.constantFrom('lease.active', 'noted'),
    actor: fc.string(),
    why: fc.option(fc.string(), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(draft, { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.constantFrom('actor', 'at', 'drop', 'swap', 'tail'),
      (drafts, where, how) => {
        const head = { eventSequence: 0, eventHead: '' } as LeaseRecord;
        const half = Math.floor(drafts.length / 2);
        const events = [
          ...new EventChain([keys[1]]).append(head, drafts.slice(0, half), 5),
          ...new EventChain(keys).append(head, drafts.slice(half), 6),
        ];
        const chain = new EventChain(keys);
        expect(chain.verify(events, head)).toBeUndefined();

        const index = where % events.length;
        const edited = events.map(event => ({ ...event }));
        switch (how) {
          case 'actor':
            edited[index].actor += '!';
            break;
          case 'at':
            edited[index].at += 1;
            break;
          case 'drop':
            edited.splice(index, 1);
            break;
          case 'swap':
            edited[index].sequence += 1;
            break;
          default:
            edited.pop();
        }
        expect(chain.verify(edited, head)).toBeDefined();
        expect(new EventChain([keys[0]]).verify(events, head)?.type).toBe(
          half > 0 ? 'unknown-key' : undefined,
        );
      },
    ),
  );
});
