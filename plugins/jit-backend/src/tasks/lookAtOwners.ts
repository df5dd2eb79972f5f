import { LoggerService } from '@backstage/backend-plugin-api';
import { Ledger } from '../database/Ledger';
import { listTargets } from '../database/operations/targets/listTargets';
import { writeTargets } from '../database/operations/targets/writeTargets';
import { inTransaction } from '../database/transaction';
import { CatalogUnavailableError, Directory, ProfileRegistry } from '../policy';
import { ownersIn } from '../rights/ownersOfTarget';

/** How many entities the catalog is asked for at once. */
const PAGE = 200;

/**
 * Looks up anew who owns what has been leased on, for the rule IS_TARGET_OWNER of permission policies. A catalog that is away changes nothing.
 */
export async function lookAtOwners(options: {
  ledger: Ledger;
  /** Asks the catalog anew each time. */
  directory: Pick<Directory, 'lookUpEntities'>;
  profiles: Pick<ProfileRegistry, 'get'>;
  logger: LoggerService;
  signal?: AbortSignal;
}): Promise<void> {
  const { ledger, directory, profiles, logger, signal } = options;
  const targets = await listTargets(ledger);
  for (let from = 0; from < targets.length; from += PAGE) {
    signal?.throwIfAborted();
    const page = targets.slice(from, from + PAGE);
    try {
      const entities = await directory.lookUpEntities(
        page.map(({ entityRef }) => entityRef),
      );
      const owned = page.map(target => ({
        ...target,
        owners: ownersIn(entities, target, profiles),
      }));
      await inTransaction(ledger, tx =>
        writeTargets(tx, owned, { onlyKnown: true }),
      );
    } catch (error) {
      if (!CatalogUnavailableError.is(error)) {
        throw error;
      }
      logger.warn(
        'The catalog cannot be asked who owns targets: permission policies go by the last look',
      );
      return;
    }
  }
}
