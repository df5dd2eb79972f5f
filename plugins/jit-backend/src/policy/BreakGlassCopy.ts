import { Instant } from '../leases/records';
import { ParameterSlot, ProfileRules } from './Profile';

/** Membership of break-glass groups as the catalog last said, for when it cannot be asked. Refs are normalised. */
export interface BreakGlassCopy {
  /** Before the catalog was asked. */
  takenAt: Instant;
  /** The groups that there were, of those that config names. */
  groups: string[];
  /** The members of break-glass groups, each with all groups they were in: of these some may be denied. */
  people: Record<string, string[]>;
}

/** The copy, when there is one that is young enough. */
export type ReadBreakGlassCopy = () => Promise<BreakGlassCopy | undefined>;

/**
 * Why a profile cannot be judged by membership alone, in words; undefined when it can. A target is known by its name then, and by nothing that it
 * says of itself.
 */
export function whyNeedsCatalog({
  targets,
  deny,
  slots = [],
}: Pick<ProfileRules, 'targets' | 'deny'> & {
  slots?: ParameterSlot[];
}): string | undefined {
  if (targets && (!targets.entityRefs || targets.trustedLocations)) {
    return 'where its target comes from has to be looked up';
  }
  if (targets?.filter !== undefined) {
    return 'its target has to be looked at';
  }
  if (deny.some(({ kind }) => kind !== 'group' && kind !== 'user')) {
    return 'who owns its target has to be looked up';
  }
  return slots.some(({ from }) => from === 'target')
    ? 'its parameters come from the target'
    : undefined;
}
