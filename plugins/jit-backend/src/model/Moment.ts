import { Broken } from './Broken';
import { Configuration } from './Configuration';
import { Answer, ModelState } from './ModelState';
import { Rules } from './Rules';

/** One thing that may happen next. */
export interface Successor {
  /** What happens, in words. */
  label: string;
  state: ModelState;
  /** Whether it happens in a calm world, in which nothing more goes wrong and everybody does their work at once. */
  calm: boolean;
  broken?: Broken;
}

/** Everything that a source of actions needs to say what may happen next. */
export interface Moment {
  /** The state as it is. Not to be changed. */
  base: ModelState;
  /** A copy of the state to change. */
  copy(): ModelState;
  emit(successor: Successor): void;
  configuration: Configuration;
  rules: Rules;
  /** What the catalog says just before a grant; where not given, anything. */
  verdict?: Answer;
}
