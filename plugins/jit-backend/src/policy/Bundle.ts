import { DurationRules, ExtensionRules } from './Profile';

/** Profiles that are asked for, granted and ended as one. */
export interface Bundle {
  id: string;
  /** Where it stands in config: `jit.bundles[0]`. */
  configPath: string;
  title: string;
  description?: string;
  /** Profiles, in the order in which they are granted. The first one's clock is that of all. */
  parts: string[];
}

/** The rules about time that hold for a bundle as a whole. */
export interface BundleTimes {
  durations: DurationRules;
  /** Not given: the end cannot be moved. */
  extension?: ExtensionRules;
}
