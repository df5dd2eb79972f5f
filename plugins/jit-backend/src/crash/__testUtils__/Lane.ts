import { BackendProcess } from './BackendProcess';
import { LedgerKind } from './CrashLedger';
import { Episode } from './Episode';
import { EpisodeFailure } from './EpisodeFailure';
import { EpisodePlan } from './planEpisode';
import { Site } from './Site';

/** What came of an episode in which everything was as it has to be. */
export interface EpisodeResult {
  plan: EpisodePlan;
  /** The points at which a process died. */
  killed: string[];
  /** Those that were not reached before everything was done. */
  missed: string[];
  /** How often somebody was let in by what they were given. */
  letIn: number;
  /** How long it took. */
  ms: number;
}

/** Runs one episode after the other on a ledger of its own: leases are asked for, processes die, others carry on, and everything is looked at. */
export class Lane {
  static async open(options: {
    ledger: LedgerKind;
    real?: boolean;
    lagging?: boolean;
  }): Promise<Lane> {
    return new Lane(await Site.open(options));
  }

  #main?: BackendProcess;

  private constructor(private readonly site: Site) {}

  async close(): Promise<void> {
    await this.site.close();
  }

  /** @throws EpisodeFailure with all that was wrong */
  async run(plan: EpisodePlan): Promise<EpisodeResult> {
    const begin = performance.now();
    const episode = new Episode(this.site, plan);
    try {
      this.#main ??= await this.site.start();
      this.#main = await episode.run(this.#main);
      const { killed, missed, letIn } = episode;
      const ms = Math.round(performance.now() - begin);
      return { plan, killed, missed, letIn, ms };
    } catch (error) {
      throw await EpisodeFailure.of({ plan, site: this.site, error });
    }
  }
}
