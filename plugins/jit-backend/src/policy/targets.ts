import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { evaluateFilterPredicate } from '@backstage/filter-predicates';
import { isFromTrustedLocation } from '@backstage-jit/plugin-jit-node';
import { ProfileRules, TargetRules } from './Profile';

/**
 * Whether the profile says whose word is taken about its targets. Without that, whoever can register an entity would write the
 * profile's owner and parameters.
 */
export function namesTrustedTargets(targets: TargetRules | undefined): boolean {
  return Boolean(targets?.entityRefs || targets?.trustedLocations);
}

/** Whether the profile can be leased on this very entity. */
export function isTarget(options: {
  targets: TargetRules | undefined;
  target: Entity;
}): boolean {
  const { targets, target } = options;
  if (!targets) {
    return false;
  }
  const { entityRefs, trustedLocations, filter } = targets;
  if (entityRefs && !entityRefs.includes(stringifyEntityRef(target))) {
    return false;
  }
  if (
    trustedLocations &&
    !isFromTrustedLocation({ entity: target, trustedLocations })
  ) {
    return false;
  }
  return filter === undefined || evaluateFilterPredicate(filter, target);
}

/** Whether it can be leased on this entity, and what the entity says of itself is believed. */
export function isTrustedTarget(options: {
  targets: TargetRules | undefined;
  target: Entity;
}): boolean {
  return namesTrustedTargets(options.targets) && isTarget(options);
}

/**
 * Why a profile cannot be leased on this entity, or without one: a sentence for people, or undefined when it can.
 */
export function targetMisfit(options: {
  profile: Pick<ProfileRules, 'title' | 'targets'>;
  target?: Entity;
}): string | undefined {
  const { title, targets } = options.profile;
  const { target } = options;
  if (!targets) {
    return target && `${title} is leased without a target`;
  }
  if (!target) {
    return `${title} is leased on an entity of the catalog, and there is none`;
  }
  if (!isTarget({ targets, target })) {
    return `${title} is not for ${stringifyEntityRef(target)}`;
  }
  return undefined;
}
