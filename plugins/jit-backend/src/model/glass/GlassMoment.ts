import { Broken } from '../Broken';
import { Glass, GlassConfiguration } from './Glass';
import { LeaseMaker } from './glassLease';
import { GlassRules } from './GlassRules';

/** One thing that may happen next. */
export interface GlassSuccessor {
  label: string;
  glass: Glass;
  calm: boolean;
  broken?: Broken;
}

/** Everything that a source of actions needs to say what may happen next. */
export interface GlassMoment {
  /** Not to be changed. */
  base: Glass;
  /** To be changed. */
  copy(): Glass;
  emit(successor: GlassSuccessor): void;
  configuration: GlassConfiguration;
  rules: GlassRules;
  leaseMaker: LeaseMaker;
}
