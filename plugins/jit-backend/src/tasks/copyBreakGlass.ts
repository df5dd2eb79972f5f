import { LoggerService } from '@backstage/backend-plugin-api';
import { JitConfig } from '../config';
import { writeCopy } from '../database/operations/breakGlass/writeCopy';
import { Ledger } from '../database/Ledger';
import { CatalogUnavailableError, Directory, ProfileRegistry } from '../policy';
import { groupsNamedBy } from '../policy/closedProfiles';

/**
 * Keeps who is in the break-glass groups, for when the catalog cannot be asked. While it cannot, what it said last stays.
 */
export async function copyBreakGlass(options: {
  ledger: Ledger;
  config: Pick<JitConfig, 'operators'>;
  /** Must not answer from memory. */
  directory: Directory;
  profiles: Pick<ProfileRegistry, 'list'>;
  logger: LoggerService;
}): Promise<void> {
  const { ledger, config, directory, profiles, logger } = options;
  const concerned = profiles.list().filter(({ breakGlass }) => breakGlass);
  if (concerned.length === 0) {
    return;
  }
  const takenAt = await ledger.clock.now(ledger.knex);
  try {
    const groups = await directory.lookUpGroups(
      concerned.flatMap(each => groupsNamedBy(each, config.operators)),
    );
    // A catalog that was just started is empty for a while: that is no news.
    if (groups.size > 0) {
      const people = await groupsOfMembers(
        directory,
        concerned.flatMap(({ breakGlass }) => breakGlass?.groups ?? []),
      );
      await writeCopy(ledger, { takenAt, groups: [...groups], people });
    }
  } catch (error) {
    if (!CatalogUnavailableError.is(error)) {
      throw error;
    }
    logger.warn(
      'The catalog cannot be asked who is in the break-glass groups: what it said last counts, for a day',
    );
  }
}

async function groupsOfMembers(
  directory: Directory,
  groups: string[],
): Promise<Record<string, string[]>> {
  const members = await directory.lookUpMembers([...new Set(groups)]);
  const lookups = await directory.lookUpSubjects([
    ...new Set([...members.values()].flat()),
  ]);
  return Object.fromEntries(
    [...lookups].flatMap(([ref, lookup]) =>
      lookup.status === 'found' ? [[ref, lookup.subject.groups]] : [],
    ),
  );
}
