import { LoggerService } from '@backstage/backend-plugin-api';
import { JitOrigin, OriginOutcome } from '@backstage-jit/plugin-jit-node';
import { Ledger } from '../database/Ledger';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { tellOperators } from '../database/operations/notices/tellOperators';
import { listLeasesOfOrigin } from '../database/operations/origins/listLeasesOfOrigin';
import {
  listOpenOrigins,
  OpenOrigin,
} from '../database/operations/origins/listOpenOrigins';
import { markOrigin } from '../database/operations/origins/markOrigin';
import { callWithDeadline } from '../engine/callWithDeadline';
import { JitEngine } from '../engine/JitEngine';
import { settleOrigin } from '../leases/settleOrigin';

/** How long one look may take. */
const TIMEOUT_MS = 5_000;

/** How many are looked at at once. */
const AT_ONCE = 10;

/** From when on the operators are told that nobody can tell. */
const TELL_AFTER_MS = 10 * 60_000;

const OUTCOMES: readonly OriginOutcome[] = [
  'running',
  'completed',
  'failed',
  'vanished',
];

export interface LookAtOriginsOptions {
  ledger: Ledger;
  /** By type. */
  origins: ReadonlyMap<string, JitOrigin>;
  engine: Pick<JitEngine, 'wake'>;
  logger: LoggerService;
  signal?: AbortSignal;
}

/**
 * Looks at what provisional leases were made for: once it has completed they stay, once it has failed or vanished they end. Whoever cannot be asked
 * ends nothing. All that is remembered between two looks stands in the ledger.
 */
export async function lookAtOrigins(
  options: LookAtOriginsOptions,
): Promise<void> {
  const open = await listOpenOrigins(options.ledger);
  for (let at = 0; at < open.length; at += AT_ONCE) {
    options.signal?.throwIfAborted();
    await Promise.all(
      open.slice(at, at + AT_ONCE).map(each => lookAtOne(each, options)),
    );
  }
}

async function lookAtOne(
  origin: OpenOrigin,
  options: LookAtOriginsOptions,
): Promise<void> {
  const { ledger, logger } = options;
  const outcome = await ask(origin, options);
  try {
    switch (outcome) {
      case undefined:
        await remember(origin, ledger);
        break;
      case 'running':
        if (origin.unknownSince !== undefined) {
          await markOrigin(ledger, { type: origin.type, id: origin.id });
        }
        break;
      default:
        await writeWishes(ledger, {
          leaseIds: await listLeasesOfOrigin(ledger, origin),
          decide: (lease, now) => settleOrigin(lease, { outcome, now }),
        });
        options.engine.wake();
    }
  } catch (error) {
    // The next pass finds it as it is, and looks again.
    logger.warn('What became of an origin could not be written', {
      origin: `${origin.type} ${origin.id}`,
      error: (error as Error).name,
    });
  }
}

/** @returns undefined when nobody can tell */
async function ask(
  { type, id }: OpenOrigin,
  { origins, logger, signal }: LookAtOriginsOptions,
): Promise<OriginOutcome | undefined> {
  try {
    const outcome = await callWithDeadline(
      { milliseconds: TIMEOUT_MS, signal },
      call => origins.get(type)!.look(id, { signal: call.signal }),
    );
    return OUTCOMES.find(known => known === outcome);
  } catch (error) {
    logger.warn('An origin cannot be looked at: its leases stay as they are', {
      origin: `${type} ${id}`,
      error: (error as Error).name,
    });
    return undefined;
  }
}

async function remember(origin: OpenOrigin, ledger: Ledger): Promise<void> {
  const { type, id } = origin;
  const now = await ledger.clock.now(ledger.knex);
  const unknownSince = origin.unknownSince ?? now;
  const tell =
    origin.toldAt === undefined && unknownSince + TELL_AFTER_MS <= now;
  if (tell) {
    const since = new Date(unknownSince).toISOString();
    await tellOperators(ledger, {
      scope: `origin/${type}`,
      title: `Nobody can tell what became of a ${type}`,
      description: `The ${type} ${id}, and maybe others, cannot be looked at since ${since}. The leases that were made for it stay provisional: they end when their time is over, or when somebody ends them`,
    });
  }
  if (tell || origin.unknownSince === undefined) {
    const toldAt = tell ? now : origin.toldAt;
    await markOrigin(ledger, { type, id, unknownSince, toldAt });
  }
}
