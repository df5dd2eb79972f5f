import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePoint } from './KillPoint';
import { EpisodePlan } from './planEpisode';
import { readLedger } from './readLedger';
import { Site } from './Site';

/** What was wrong in an episode, with all that is needed to find out why. */
export class EpisodeFailure extends Error {
  static async of(options: {
    plan: EpisodePlan;
    site: Site;
    error: unknown;
  }): Promise<EpisodeFailure> {
    const { plan, site, error } = options;
    const folder = mkdtempSync(join(tmpdir(), 'jit-crash-report-'));
    const found = {
      plan,
      // There is none when the first process did not come so far.
      ledger: await readLedger(site.ledger.ledger).catch(String),
      outside: await site.look(),
    };
    writeFileSync(
      join(folder, 'found.json'),
      JSON.stringify(
        found,
        (_, value) => (value instanceof Map ? [...value] : value),
        2,
      ),
    );
    writeFileSync(join(folder, 'processes.log'), site.logs);
    return new EpisodeFailure(
      [
        `Episode ${plan.index} on ${plan.ledger}${
          plan.survivors ? ` beside ${plan.survivors} more` : ''
        }, killed at ${plan.kills.map(describePoint).join(', then ')}:`,
        error instanceof Error ? error.message : String(error),
        `What was found is in ${folder}`,
      ].join('\n'),
    );
  }
}
