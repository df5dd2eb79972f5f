import { Lease } from '@backstage-jit/plugin-jit-common';
import { sumMoney } from '../../words';

type Money = Array<{ amount: string; currency: string }>;

/** Three answers to three questions. Each is empty where no lease knows it. */
export interface Totals {
  cost: Money;
  reclaimed: Money;
  avoided: Money;
  /** The baselines that `avoided` was measured against, in milliseconds, the shortest first. */
  baselinesMs: number[];
}

export function totalsOf(leases: Lease[]): Totals {
  const costs = leases.flatMap(({ cost }) => cost ?? []);
  const pick = (of: (cost: (typeof costs)[number]) => string | undefined) =>
    sumMoney(
      costs.flatMap(cost => {
        const amount = of(cost);
        return amount ? [{ amount, currency: cost.currency }] : [];
      }),
    );
  const baselines = costs.flatMap(({ saved }) => saved?.baselineMs ?? []);
  return {
    cost: pick(({ amount }) => amount),
    reclaimed: pick(({ saved }) => saved?.reclaimed),
    avoided: pick(({ saved }) => saved?.avoided),
    baselinesMs: [...new Set(baselines)].sort((a, b) => a - b),
  };
}
