import {
  FINAL_LEASE_STATES,
  Lease,
  leaseLink,
} from '@backstage-jit/plugin-jit-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOver } from './isOver';
import { looksAt } from './looksAt';
import { overInWords } from './refusal';
import { StepContext, StepServices } from './StepContext';
import { endLine, goneLine, inWords, lineFor, troubleFor } from './story';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Where a step waits for a lease to be: usable, or over and gone. */
export type Goal = 'active' | 'gone';

/**
 * Waits, telling what happens, until the lease is where it shall be or the time is over.
 *
 * A lease that this task asked for is looked at as the scaffolder's own service: the person's token is not needed, and may run out meanwhile.
 *
 * @returns the lease, and whether it is not there yet
 * @throws Error when it can no longer get there; the signal's reason when the task is cancelled
 */
export async function waitForLease(
  ctx: StepContext,
  options: {
    leaseId: string;
    goal: Goal;
    /** How long at the most, in milliseconds. */
    limitMs: number;
    services: StepServices;
  },
): Promise<{ lease: Lease; waiting: boolean }> {
  const { leaseId, goal, limitMs, services } = options;
  const { signal, logger } = ctx;
  const began = performance.now();
  const { first, look } = await looksAt(ctx, { leaseId, services });
  const told = new Set<string>();
  const tell = (line: string | undefined) => {
    if (line && !told.has(line)) {
      told.add(line);
      logger.info(line);
    }
  };
  let last = first;
  for (let pause = FIRST_PAUSE_MS; ; pause *= 1.5) {
    const { lease, now } = last;
    const took = performance.now() - began;
    if (goal === 'active' ? lease.state === 'active' : hasLeft(lease)) {
      tellArrival(tell, { lease, now, took, goal });
      return { lease, waiting: false };
    }
    if (goal === 'active' && isOver(lease)) {
      throw new Error(overInWords(lease, services.appUrl));
    }
    tell(lineFor(lease));
    tell(troubleFor(lease));
    if (took >= limitMs) {
      const link = leaseLink(services.appUrl, leaseId);
      tell(
        `Not waiting any longer. The step ends here, the lease goes on: ${link}`,
      );
      return { lease, waiting: true };
    }
    const longest = Math.min(LONGEST_PAUSE_MS, Math.max(0, limitMs - took));
    await sleep(Math.min(pause, longest), undefined, { signal }).catch(() =>
      signal?.throwIfAborted(),
    );
    const answer = await look();
    if (!answer) {
      tell('The jit backend does not answer; asking on');
    }
    last = answer ?? last;
  }
}

/** Whether nobody has any more what it gave: it is gone, never was, or nothing but a closed copy is left of it. */
function hasLeft({ state, keptUntil }: Lease): boolean {
  return FINAL_LEASE_STATES.includes(state) || keptUntil !== undefined;
}

function tellArrival(
  tell: (line: string | undefined) => void,
  options: { lease: Lease; now: string; took: number; goal: Goal },
): void {
  const { lease, now, took, goal } = options;
  if (goal === 'gone') {
    tell(goneLine(lease, now));
    return;
  }
  tell(`Ready after ${inWords(took)}`);
  for (const [name, value] of Object.entries(lease.facts ?? {})) {
    tell(`${name}: ${value}`);
  }
  tell(endLine(lease, now));
  if (lease.origin && !lease.origin.settled) {
    tell('Provisional until this task completes: if it fails, this is ended');
  }
}
