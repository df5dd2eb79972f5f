import { Refusal } from './BenchProvider';
import { BenchSite } from './BenchSite';
import { median, round } from './figures';

/** Environments that end at once, a second: by themselves, and beside one that can never be removed. */
export interface BesideStuck {
  environments: number;
  alonePerSecond: number;
  besideFailing: { perSecond: number; ratio: number };
  besideHanging: { perSecond: number; ratio: number };
}

const LATENCY_MS = 50;
const IN_FLIGHT = 64;

/** Takes turns among the three, so that what else happens on the machine meets all of them. */
export async function measureBesideStuck(options: {
  server: string;
  environments: number;
  rounds: number;
}): Promise<BesideStuck> {
  const { environments, rounds } = options;
  const kinds = [undefined, 'fails', 'hangs'] as const;
  const speeds = new Map<Refusal | undefined, number[]>();
  // The first round warms everything up.
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const kind of kinds) {
      const speed = await once({ ...options, kind });
      if (turn > 0) {
        speeds.set(kind, [...(speeds.get(kind) ?? []), speed]);
      }
    }
  }
  const [alone, failing, hanging] = kinds.map(kind =>
    median(speeds.get(kind)!),
  );
  const beside = (perSecond: number) => ({
    perSecond: round(perSecond),
    ratio: round(perSecond / alone, 3),
  });
  return {
    environments,
    alonePerSecond: round(alone),
    besideFailing: beside(failing),
    besideHanging: beside(hanging),
  };
}

async function once(options: {
  server: string;
  environments: number;
  kind: Refusal | undefined;
}): Promise<number> {
  const { server, environments, kind } = options;
  const site = await BenchSite.open({
    server,
    latencyMs: LATENCY_MS,
    inFlight: IN_FLIGHT,
  });
  try {
    const but = kind ? 1 : 0;
    const [first] = await site.fill(environments + but);
    if (kind) {
      site.provider.refusals.set(first, kind);
    }
    const ms = await site.endAllAtOnce({ but });
    return (environments / ms) * 1_000;
  } finally {
    await site.close();
  }
}
