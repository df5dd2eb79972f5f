import { LedgerKind } from './CrashLedger';
import { KillPoint } from './KillPoint';
import { EpisodeResult, Lane } from './Lane';
import { EpisodePlan, planEpisode } from './planEpisode';

/** What a run came to. */
export interface KillsReport {
  results: EpisodeResult[];
  kills: number;
  missed: number;
}

/**
 * Runs episodes until so many kills have happened. Each lane has a ledger and processes of its own; an episode goes to a lane of its ledger.
 *
 * @throws Error with the way to repeat the episode in which something was wrong
 */
export async function runKills(options: {
  seed: number;
  /** The first episode. */
  from?: number;
  /** How many kills at the least; or exactly these episodes. */
  until: { kills: number } | { episodes: number };
  /** Those that need not be run. */
  skip?: ReadonlySet<number>;
  points: KillPoint[];
  lanes: LedgerKind[];
  sure?: boolean;
  /** Leases on real systems, and nothing else. */
  real?: boolean;
  /** Whether the fake world shows what happens only after a while. */
  lagging?: boolean;
  /** Whether more goes wrong than that processes die. */
  weather?: boolean;
  /** Aborted: no other episode is begun. */
  signal?: AbortSignal;
  onResult?(result: EpisodeResult, report: KillsReport): void;
}): Promise<KillsReport> {
  const { seed, from = 0, until } = options;
  const ledgers = [...new Set(options.lanes)];
  const report: KillsReport = { results: [], kills: 0, missed: 0 };
  const waiting = new Map<LedgerKind, EpisodePlan[]>();
  let index = from;
  let failed = false;

  const isEnough = () =>
    'kills' in until
      ? report.kills >= until.kills
      : index >= from + until.episodes;
  const next = (ledger: LedgerKind): EpisodePlan | undefined => {
    for (;;) {
      const own = waiting.get(ledger)?.shift();
      const stopped = failed || options.signal?.aborted;
      if (own || stopped || isEnough()) {
        return stopped ? undefined : own;
      }
      const plan = planEpisode({ ...options, index, ledgers });
      index += 1;
      if (options.skip?.has(plan.index)) {
        continue;
      }
      waiting.set(plan.ledger, [...(waiting.get(plan.ledger) ?? []), plan]);
    }
  };

  const run = async (kind: LedgerKind) => {
    const lane = await Lane.open({
      ledger: kind,
      real: options.real,
      lagging: options.lagging,
    });
    try {
      for (let plan = next(kind); plan; plan = next(kind)) {
        const result = await lane.run(plan);
        report.results.push(result);
        report.kills += result.killed.length;
        report.missed += result.missed.length;
        options.onResult?.(result, report);
      }
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      await lane.close();
    }
  };
  const ends = await Promise.allSettled(options.lanes.map(run));
  const reasons = ends.flatMap(end =>
    end.status === 'rejected'
      ? [String(end.reason?.message ?? end.reason)]
      : [],
  );
  if (reasons.length) {
    throw new Error(`With seed ${seed}:\n${reasons.join('\n')}`);
  }
  return report;
}
