import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { countBreakGlass } from '../database/operations/figures/countBreakGlass';
import {
  QueueFigures,
  readQueue,
} from '../database/operations/figures/readQueue';
import { Ledger } from '../database/Ledger';
import { StuckRules } from '../leases/stuck';

/** All that are collected at once are of one reading. */
const HOLDS_MS = 1_000;

type Figures = QueueFigures & { undelivered: number };

/** What waits, what is stuck and what nobody was told of, in the whole ledger: each replica says the same. Read when somebody collects the metrics, and only then. */
export function ledgerMetrics(options: {
  metrics: MetricsService;
  ledger: Ledger;
  rules: StuckRules;
}): void {
  const { metrics, ledger, rules } = options;
  let reading: Promise<Figures> | undefined;
  let readAt = -Infinity;
  const read = async () => {
    if (!reading || performance.now() - readAt > HOLDS_MS) {
      readAt = performance.now();
      reading = readFigures(ledger, rules);
    }
    return await reading;
  };
  const gauge = (
    name: string,
    description: string,
    observe: (
      figures: Figures,
      say: (value: number, attributes?: Record<string, string>) => void,
    ) => void,
  ) =>
    metrics.createObservableGauge(name, { description }).addCallback(
      async result =>
        await read().then(
          figures =>
            observe(figures, (value, attributes) =>
              result.observe(value, attributes),
            ),
          // The ledger does not answer: a gap in the curve says so.
          () => {},
        ),
    );

  gauge('jit.queue.due', 'What is due and waits for its turn', ({ due }, say) =>
    say(due),
  );
  gauge(
    'jit.leases.stuck',
    'Leases that need somebody to look',
    ({ stuck }, say) => say(stuck),
  );
  gauge(
    'jit.break_glass.undelivered',
    'Leases without approval of which not everybody was told in time',
    ({ undelivered }, say) => say(undelivered),
  );
  gauge(
    'jit.leases.unfinished',
    'Leases that are not finished, by state',
    ({ unfinished }, say) => {
      for (const [state, count] of Object.entries(unfinished)) {
        say(count, { state });
      }
    },
  );
}

async function readFigures(
  ledger: Ledger,
  rules: StuckRules,
): Promise<Figures> {
  const { undelivered } = await countBreakGlass(ledger);
  return { ...(await readQueue(ledger, { rules })), undelivered };
}
