/** What a figure is to be. */
export interface Goal {
  /** Where it stands in the results. */
  key: string;
  /** In words, for the table. */
  what: string;
  atLeast?: number;
  atMost?: number;
}

/** The goals on two cores that backend and PostgreSQL share, with default durability. */
export const GOALS: readonly Goal[] = [
  {
    key: 'besideStuck.besideFailing.ratio',
    what: 'beside one whose teardown fails, of the speed without it',
    atLeast: 0.95,
  },
  {
    key: 'besideStuck.besideHanging.ratio',
    what: 'beside one whose teardown hangs, of the speed without it',
    atLeast: 0.95,
  },
  {
    key: 'storm.perSecond',
    what: 'storm, calls of 50 ms, 64 at once: leases a second',
    atLeast: 590,
  },
  {
    key: 'storm.ratioToScheduler',
    what: 'storm, times as fast as a plain scheduler loop',
    atLeast: 30,
  },
  {
    key: 'storm.ratioToGraphileWorker',
    what: 'storm, times as fast as graphile-worker',
    atLeast: 1,
  },
  {
    key: 'storm3.doubled',
    what: 'storm over three replicas: removed twice',
    atMost: 0,
  },
  {
    key: 'storm3.ratioToOne',
    what: 'storm over three replicas, times as fast as one',
    atLeast: 1,
  },
  {
    key: 'storm256.perSecond',
    what: 'storm, calls of 50 ms, 256 at once: leases a second',
    atLeast: 1_500,
  },
  {
    key: 'ceiling.perSecond',
    what: 'storm, calls that take no time: leases a second',
    atLeast: 3_000,
  },
  {
    key: 'steady.startLagMs.p99',
    what: '100 a second: end → first call out, p99 ms',
    atMost: 15,
  },
  {
    key: 'steady.goneLagMs.p50',
    what: '100 a second: end → verified absent, p50 ms',
    atMost: 115,
  },
  {
    key: 'steady.goneLagMs.p99',
    what: '100 a second: end → verified absent, p99 ms',
    atMost: 160,
  },
  { key: 'idle.cpuPercent', what: 'idle: percent of one core', atMost: 1 },
  {
    key: 'idle.statementsPerSecond',
    what: 'idle: statements a second',
    atMost: 8,
  },
  { key: 'idle.rssGrowthMb', what: 'idle: memory more, MB', atMost: 20 },
  {
    key: 'claim.idleP99Ms',
    what: 'claim beside the history, nothing due: p99 ms',
    atMost: 0.5,
  },
  {
    key: 'claim.p99Ms',
    what: 'claim beside the history, 64 due: p99 ms',
    atMost: 3,
  },
  {
    key: 'list.p95Ms',
    what: 'the slowest list beside the history: p95 ms',
    atMost: 50,
  },
  {
    key: 'request.p99Ms',
    what: 'request → active over HTTP, 20 a second: p99 ms',
    atMost: 60,
  },
  {
    key: 'restart.firstRevocationMs',
    what: 'restart with overdue leases: first revocation, ms',
    atMost: 1_000,
  },
  {
    key: 'takeover.maxMs',
    what: 'owner of a claim killed: its leases done, ms',
    atMost: 15_000,
  },
  {
    key: 'outage.backlogStartsMs',
    what: 'provider away and back: backlog starts, ms',
    atMost: 10_000,
  },
  {
    key: 'outage.attemptsLost',
    what: 'provider away, or answers 429: attempts lost',
    atMost: 0,
  },
  {
    key: 'outage.othersRatio',
    what: 'provider away: the others, of their speed without that',
    atLeast: 0.95,
  },
];

/** One line of the table: a goal, what was measured, and whether that reaches it. */
export interface Verdict {
  what: string;
  goal: string;
  measured: number;
  reached: boolean;
}

/** The goals about what was measured, each beside what was reached. */
export function judge(results: object): Verdict[] {
  return GOALS.flatMap(goal => {
    const measured = figureAt(results, goal.key);
    const { what, atLeast = -Infinity, atMost = Infinity } = goal;
    return measured === undefined
      ? []
      : {
          what,
          goal:
            goal.atMost === undefined
              ? `≥ ${goal.atLeast}`
              : `≤ ${goal.atMost}`,
          measured,
          reached: measured >= atLeast && measured <= atMost,
        };
  });
}

/** The figures that have a goal and were not measured. */
export function missingFigures(results: object): string[] {
  return GOALS.map(({ key }) => key).filter(
    key => figureAt(results, key) === undefined,
  );
}

function figureAt(results: object, key: string): number | undefined {
  const found = key
    .split('.')
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null
          ? (at as Record<string, unknown>)[part]
          : undefined,
      results,
    );
  return typeof found === 'number' ? found : undefined;
}
