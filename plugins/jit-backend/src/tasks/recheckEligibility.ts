import { LoggerService } from '@backstage/backend-plugin-api';
import { RecheckSettings } from '../config';
import { Ledger } from '../database/Ledger';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { listLive } from '../database/operations/recheck/listLive';
import { markIneligible } from '../database/operations/recheck/markIneligible';
import { readProfiles } from '../database/operations/profiles/readProfiles';
import { tellOperators } from '../database/operations/notices/tellOperators';
import { LeaseRecord } from '../leases/records';
import { askForEnd } from '../leases/wishes';
import { EligibilityChecker } from '../policy';
import { exceeds } from './exceeds';
import { isSeenTwice, Suspicion, suspicionBy } from './suspicion';

/** How many leases are asked about at once. */
const PAGE = 200;

const ACTOR = 'system:eligibility';

interface Suspect extends Suspicion {
  lease: LeaseRecord;
}

/** What a pass found and did. */
export interface RecheckResult {
  looked: number;
  /** First seen without the right: looked at again in the next pass. */
  suspected: number;
  ended: number;
  /** Set when the pass ended nothing on purpose, in words. */
  held?: string;
}

/**
 * Looks again whether the subjects of live leases may still have them. Who is seen without the right twice, a pass apart, loses the lease;
 * a catalog that is down ends nothing, and neither does a pass that would end suspiciously many.
 */
export async function recheckEligibility(options: {
  ledger: Ledger;
  checker: Pick<EligibilityChecker, 'checkMany'>;
  settings: RecheckSettings;
  logger: LoggerService;
  signal?: AbortSignal;
}): Promise<RecheckResult> {
  const { ledger, settings, logger, signal } = options;
  const now = await ledger.clock.now(ledger.knex);
  const suspects: Suspect[] = [];
  const cleared: string[] = [];
  let looked = 0;

  for await (const page of listLive(ledger, { pageSize: PAGE })) {
    signal?.throwIfAborted();
    const verdicts = await lookAt(options, page);
    if (!verdicts) {
      logger.warn('The catalog cannot be asked: no lease is ended for that');
      return { looked, suspected: 0, ended: 0, held: 'The catalog is away' };
    }
    looked += page.length;
    suspects.push(...verdicts.suspects);
    cleared.push(...verdicts.cleared);
  }

  const seenTwice = suspects.filter(({ lease }) =>
    isSeenTwice(lease, { everyMs: settings.everyMs, now }),
  );
  await markIneligible(ledger, {
    since: now,
    leaseIds: suspects
      .filter(({ lease }) => lease.ineligibleSince === undefined)
      .map(({ lease }) => lease.id),
    clearedIds: cleared,
  });

  if (exceeds(settings.atMost, seenTwice.length, looked)) {
    const held = `${seenTwice.length} of ${looked} live leases have subjects who are no longer eligible; none was ended, because so many at once look like a fault of the catalog`;
    await tellOperators(ledger, {
      scope: `recheck/held`,
      title: 'Eligibility looks wrong',
      description: held,
    });
    return { looked, suspected: suspects.length, ended: 0, held };
  }
  for (const { lease, reason, why } of seenTwice) {
    await writeWishes(ledger, {
      leaseIds: [lease.id],
      decide: (fresh, at) =>
        fresh.state === 'active'
          ? askForEnd(fresh, { actor: ACTOR, now: at, reason, why })
          : undefined,
    });
  }
  return {
    looked,
    suspected: suspects.length,
    ended: seenTwice.length,
  };
}

async function lookAt(
  {
    ledger,
    checker,
  }: {
    ledger: Ledger;
    checker: Pick<EligibilityChecker, 'checkMany'>;
  },
  leases: LeaseRecord[],
): Promise<{ suspects: Suspect[]; cleared: string[] } | undefined> {
  const profiles = await readProfiles(ledger, {
    hashes: leases.map(lease => lease.profileHash),
  });
  const known = leases.flatMap(lease => {
    const pinned = profiles.get(lease.profileHash);
    return pinned ? [{ lease, pinned }] : [];
  });
  const outcomes = await checker.checkMany(
    known.map(({ lease, pinned }) => ({
      pinned,
      subject: lease.subject,
      entityRef: lease.entityRef,
      breakGlass: lease.breakGlass,
    })),
  );
  const suspects: Suspect[] = [];
  const cleared: string[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const { lease, pinned } = known[index];
    if (outcome.outcome === 'unavailable') {
      return undefined;
    }
    const suspicion = suspicionBy(outcome, pinned, lease);
    if (suspicion) {
      suspects.push({ lease, ...suspicion });
    } else if (
      outcome.outcome === 'eligible' &&
      lease.ineligibleSince !== undefined
    ) {
      cleared.push(lease.id);
    }
  }
  return { suspects, cleared };
}
