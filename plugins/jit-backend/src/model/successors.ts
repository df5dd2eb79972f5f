import { Configuration } from './Configuration';
import { decode } from './decode';
import { laterEndIsDecided } from './later';
import { Successor } from './Moment';
import { peopleAct } from './people';
import { Rules } from './Rules';
import { somebodyMeddles } from './sweep/meddling';
import { sweeps } from './sweep/pass';
import { useIsSeen } from './use';
import { workersAct } from './workers';
import { worldActs } from './world';

/** Hands every state that may come next to `emit`. */
export function successors(
  key: string,
  options: {
    configuration: Configuration;
    rules: Rules;
    emit(successor: Successor): void;
  },
): void {
  const copy = () => decode(key, options.configuration);
  const moment = { ...options, base: copy(), copy };
  worldActs(moment);
  useIsSeen(moment);
  peopleAct(moment);
  laterEndIsDecided(moment);
  sweeps(moment);
  somebodyMeddles(moment);
  workersAct(moment);
}
