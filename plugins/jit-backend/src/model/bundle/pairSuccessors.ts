import { Broken } from '../Broken';
import { Moment, Successor } from '../Moment';
import { peopleAct } from '../people';
import { Rules } from '../Rules';
import { workersAct } from '../workers';
import { outsideActs, tick } from '../world';
import { extendPair } from './extendPair';
import { decodePair, Pair, PairConfiguration, Side, wakeOther } from './Pair';

/** One thing that may happen next to a bundle. */
export interface PairSuccessor {
  label: string;
  /** Of whom it is; undefined when it is of both. */
  side?: Side;
  pair: Pair;
  calm: boolean;
  broken?: Broken;
}

/** Hands every pair that may come next to `emit`. */
export function pairSuccessors(
  key: string,
  options: {
    configuration: PairConfiguration;
    rules: Rules;
    emit(successor: PairSuccessor): void;
  },
): void {
  const { configuration, rules, emit } = options;
  const decoded = () => decodePair(key, configuration);
  const before = decoded();
  const momentOf = (
    side: Side,
    heard: (successor: Successor) => void,
  ): Moment => ({
    base: before[side],
    copy: () => decoded()[side],
    emit: heard,
    configuration: configuration.sides[side],
    rules,
  });

  const ticks: Successor[] = [];
  for (const side of [0, 1] as const) {
    tick(momentOf(side, next => ticks.push(next)));
    const moment = momentOf(side, ({ label, state, calm, broken }) => {
      const pair = decoded();
      pair[side] = state;
      wakeOther(before, pair, side);
      emit({ label, side, pair, calm, broken });
    });
    outsideActs(moment);
    peopleAct(moment);
    workersAct(moment);
  }
  const pair = decoded();
  const extended = extendPair(pair, rules);
  if (extended) {
    const label = 'the end of the bundle is moved';
    emit({ label, pair, calm: false, ...extended });
  }
  // Time passes for both, or for none.
  const [first, second] = ticks;
  if (first && second) {
    emit({
      label: 'time passes',
      pair: [first.state, second.state],
      calm: first.calm && second.calm,
    });
  }
}
