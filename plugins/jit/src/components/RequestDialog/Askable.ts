import {
  BundleOffer,
  OfferedParameter,
  Offers,
  ProfileOffer,
} from '@backstage-jit/plugin-jit-common';

/** What can be asked for: a profile, or several as one. */
export interface Askable extends ProfileOffer {
  /** Set for a bundle; then all else is about it as a whole. */
  bundle?: BundleOffer;
}

/** The profiles that are offered, then the bundles. */
export function askablesOf({ items, bundles = [] }: Offers): Askable[] {
  return [...items, ...bundles.map(askableOf)];
}

function askableOf(bundle: BundleOffer): Askable {
  const { bundleId, parts, ...offer } = bundle;
  const [first] = parts;
  return {
    ...offer,
    // Profiles have no colon in their ids.
    profileId: `bundle:${bundleId}`,
    description: bundle.description ?? parts.map(each => each.title).join(', '),
    provider: first.provider,
    kind: first.kind,
    parameters: parametersOf(parts),
    approval: approvalOf(parts),
    context: contextOf(parts),
    keep: parts.find(each => each.keep)?.keep,
    bundle,
  };
}

/** All steps of all parts, those that they have in common once. */
function approvalOf(parts: ProfileOffer[]): ProfileOffer['approval'] {
  const steps = parts.flatMap(each => each.approval ?? []);
  const byWords = new Map(
    steps.map(step => [`${step.count} ${step.rule}`, step]),
  );
  return byWords.size ? [...byWords.values()] : undefined;
}

/** What can grant all of it at once: nothing, while a part needs people whatever they say. */
function contextOf(parts: ProfileOffer[]): string[] | undefined {
  const undecided = parts.filter(each => !each.automatic);
  return undecided.length > 0 && undecided.every(each => each.context)
    ? [...new Set(undecided.flatMap(each => each.context ?? []))]
    : undefined;
}

/** What several parts want by the same name is asked for once, and can be what all of them take. */
function parametersOf(parts: ProfileOffer[]): OfferedParameter[] | undefined {
  const byName = new Map<string, OfferedParameter>();
  for (const parameter of parts.flatMap(each => each.parameters ?? [])) {
    const { name, choices } = parameter;
    const known = byName.get(name);
    const both =
      known?.choices && choices
        ? known.choices.filter(each => choices.includes(each))
        : known?.choices ?? choices;
    byName.set(name, { name, ...(both && { choices: both }) });
  }
  return byName.size ? [...byName.values()] : undefined;
}
