import { measureBesideStuck } from './besideStuck';
import { compareStorm } from './compareStorm';
import { measureCommits } from './measureCommits';
import { measureHistory } from './measureHistory';
import { measureIdle } from './measureIdle';
import { measureOutage } from './measureOutage';
import { measureRequests } from './measureRequests';
import { measureReplicas } from './measureReplicas';
import { measureRestart } from './measureRestart';
import { measureSteady } from './measureSteady';
import { measureStorm } from './measureStorm';
import { measureTakeover } from './measureTakeover';
import { BenchRun, Scenario } from './Scenario';

/** All there are, in the order in which they are measured, by the key of their figures. */
export const SCENARIOS: Record<string, Scenario> = {
  commitMs: ({ server }) => measureCommits(server),
  besideStuck: ({ server, sized }) =>
    measureBesideStuck({
      server,
      environments: sized(1_000),
      rounds: Math.max(sized(5), 3),
    }),
  storm: async run => {
    const size = { latencyMs: 50, inFlight: 64 };
    const own = await storm(size)(run);
    const others = await compareStorm({
      ...size,
      server: run.server,
      leases: run.sized(10_000),
      oneByOne: run.sized(200),
      perSecond: own.perSecond,
    });
    return { ...own, ...others };
  },
  storm256: storm({ latencyMs: 50, inFlight: 256 }),
  stormLong: storm({
    latencyMs: 5,
    inFlight: 64,
    leases: 100_000,
    rounds: 1,
  }),
  ceiling: storm({ latencyMs: 0, inFlight: 256 }),
  storm3: ({ server, sized }) =>
    measureReplicas({
      server,
      leases: sized(10_000),
      replicas: 3,
      latencyMs: 50,
      inFlight: 64,
    }),
  steady: ({ server, sized }) =>
    measureSteady({
      server,
      leases: sized(3_000),
      apartMs: 10,
      latencyMs: 50,
    }),
  idle: ({ server, sized }) =>
    measureIdle({
      server,
      live: sized(300_000),
      milliseconds: Math.max(sized(30_000), 10_000),
    }),
  request: ({ server, sized }) =>
    measureRequests({ server, requests: sized(600), apartMs: 50 }),
  restart: ({ server, sized }) =>
    measureRestart({ server, live: sized(300_000), overdue: sized(1_000) }),
  takeover: ({ server }) => measureTakeover({ server, leases: 10 }),
  outage: ({ server, sized }) =>
    measureOutage({
      server,
      leases: sized(1_000),
      awayMs: Math.max(sized(60_000), 10_000),
      tooManyMs: Math.max(sized(10_000), 3_000),
    }),
  history: ({ server, sized }) =>
    measureHistory({
      server,
      ended: sized(3_000_000),
      live: sized(300_000),
      times: 300,
    }),
};

function storm({
  leases = 10_000,
  rounds = 3,
  ...calls
}: {
  latencyMs: number;
  inFlight: number;
  leases?: number;
  rounds?: number;
}) {
  return ({ server, sized }: BenchRun) =>
    measureStorm({ server, leases: sized(leases), rounds, ...calls });
}
