import { FakeVerb } from './exchanges';
import { FakeFault, FakeFaultRule, FakeFaultSchedule } from './faults';
import { seededRandom } from './seededRandom';

interface Exchange {
  system: string;
  verb: FakeVerb;
  key?: string;
}

function fits(rule: FakeFaultRule, exchange: Exchange): boolean {
  const { system, verb, key } = rule.match ?? {};
  return (
    (system === undefined || system === exchange.system) &&
    (verb === undefined || verb === exchange.verb) &&
    (key === undefined || key === exchange.key)
  );
}

/** Decides which fault strikes an exchange: scripted ones first, then those by chance. */
export class FaultBook {
  #rules: Array<{ rule: FakeFaultRule; seen: number; struck: number }> = [];
  #schedule: (() => FakeFault | undefined) | undefined;

  add(rule: FakeFaultRule): void {
    this.#rules.push({ rule, seen: 0, struck: 0 });
  }

  schedule(schedule: FakeFaultSchedule): void {
    const random = seededRandom(schedule.seed);
    const { rates } = schedule;
    const chances: Array<[number | undefined, FakeFault]> = [
      [rates.refused, { type: 'reject', as: 'refused' }],
      [rates.unavailable, { type: 'reject', as: 'unavailable' }],
      [
        rates.tooMany,
        {
          type: 'reject',
          as: 'too-many',
          retryAfterMs: schedule.retryAfterMs,
        },
      ],
      [rates.loseAnswer, { type: 'lose-answer' }],
      [
        rates.landLate,
        { type: 'land-late', afterMs: schedule.landAfterMs ?? 1000 },
      ],
      [rates.latency, { type: 'latency', ms: schedule.latencyMs ?? 50 }],
    ];
    this.#schedule = () => {
      let rest = random();
      for (const [rate = 0, fault] of chances) {
        if (rest < rate) {
          return fault;
        }
        rest -= rate;
      }
      return undefined;
    };
  }

  clear(): void {
    this.#rules = [];
    this.#schedule = undefined;
  }

  next(exchange: Exchange): FakeFault | undefined {
    for (const entry of this.#rules) {
      const { rule } = entry;
      const times = rule.times ?? 1;
      if (!fits(rule, exchange) || entry.struck === times) {
        continue;
      }
      entry.seen += 1;
      if (entry.seen > (rule.skip ?? 0)) {
        entry.struck += 1;
        return rule.fault;
      }
    }
    return this.#schedule?.();
  }
}
