import {
  ConnectionContext,
  ExpectedThing,
} from '@backstage-jit/plugin-jit-node';
import { Ledger } from '../database/Ledger';
import { readExpected } from '../database/operations/reconcile/readExpected';
import { readViews } from '../database/operations/reconcile/readViews';
import { callWithDeadline } from '../engine/callWithDeadline';
import { leaseOnThing, parametersOf } from '../engine/leaseOnThing';
import { OutsideSystems, Resolved } from '../engine/OutsideSystems';
import { LedgerThing, OutsideThing } from './compare';

/** How long the lists of one pass over a connection may take. */
const LIST_TIMEOUT_MS = 120_000;

interface LookOptions {
  ledger: Ledger;
  systems: OutsideSystems;
  resolved: Resolved;
  identity: string;
  signal?: AbortSignal;
}

/** What was listed outside, and what the ledger said of it once that list had ended. */
export interface OutsideLook {
  outside: OutsideThing[];
  expected: LedgerThing[];
}

/** Whether a provider can tell what is there, without a call for each lease. */
export function canLookOutside({ provider }: Resolved): boolean {
  return Boolean(provider.listOwned || provider.listPresent);
}

/**
 * Lists outside first, to the end, then reads the ledger.
 *
 * @throws whatever broke the list off
 */
export async function lookOutside(options: LookOptions): Promise<OutsideLook> {
  return options.resolved.provider.listOwned
    ? await lookForOwned(options)
    : await lookForExpected(options);
}

async function lookForOwned(options: LookOptions): Promise<OutsideLook> {
  const { provider } = options.resolved;
  const outside = await collect(options, ctx => provider.listOwned!(ctx));
  return { outside, expected: await readLedger(options) };
}

/**
 * For things without a mark: only what must be there is asked about, so that nobody else's thing is ever taken for one of ours. What becomes
 * active while the list goes on was not looked for and is not missed, and what ends meanwhile is not an orphan.
 */
async function lookForExpected(options: LookOptions): Promise<OutsideLook> {
  const { ledger, resolved } = options;
  const { provider } = resolved;
  const wanted = (await readLedger(options)).filter(each => each.settled);
  const views = await readViews(ledger, {
    externalNames: wanted.map(each => each.externalName),
  });
  const asked: ExpectedThing[] = views.flatMap(view => {
    const lease = view.leases.find(({ state }) => state === 'active');
    return lease
      ? [
          {
            ...leaseOnThing(view, lease),
            params: parametersOf(lease, provider),
          },
        ]
      : [];
  });
  if (!asked.length) {
    return { outside: [], expected: [] };
  }
  const present = new Set(
    await collect(options, ctx =>
      provider.listPresent!(ctx, { expected: asked }),
    ),
  );
  const names = new Set(asked.map(({ externalName }) => externalName));
  const expected = (await readLedger(options)).filter(
    each => each.settled && names.has(each.externalName),
  );
  return {
    outside: expected
      .filter(({ externalName }) => present.has(externalName))
      .map(({ externalName, activeLeaseIds }) => ({
        externalName,
        leaseId: activeLeaseIds[0],
      })),
    expected,
  };
}

async function readLedger(options: LookOptions): Promise<LedgerThing[]> {
  const { ledger, resolved, identity } = options;
  return await readExpected(ledger, {
    connection: resolved.connection.name,
    provider: resolved.provider.id,
    identity,
  });
}

async function collect<T>(
  { systems, resolved, signal }: LookOptions,
  list: (ctx: ConnectionContext) => AsyncIterable<T>,
): Promise<T[]> {
  return await callWithDeadline(
    { milliseconds: LIST_TIMEOUT_MS, signal },
    async call => {
      const entries: T[] = [];
      for await (const entry of list(systems.context(resolved, call))) {
        entries.push(entry);
      }
      return entries;
    },
  );
}
