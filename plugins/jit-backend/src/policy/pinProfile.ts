import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { LeaseKind } from '@backstage-jit/plugin-jit-common';
import { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { ParameterSlot, PinnedProfile, Profile } from './Profile';
import { fillParameters } from './substitution';
import { targetMisfit } from './targets';

/** A profile as it was when somebody asked, with the hash it is kept by. */
export interface PinnedContent {
  content: PinnedProfile;
  /** SHA-256 of the canonical JSON, in hex. */
  hash: string;
}

/**
 * Resolves a profile for one target: equal content has equal hashes, whatever the order of its keys.
 *
 * @throws NotAllowedError when the target is not one of the profile's, or gives a parameter a value that is not allowed. InputError
 * for the requester's own.
 */
export function pinProfile(options: {
  profile: Profile;
  /** The provider's. */
  kind: LeaseKind;
  target?: Entity;
  /** What the requester sent. */
  parameters?: JsonObject;
}): PinnedContent {
  const { profile, kind, target } = options;
  const { id, configPath: _configPath, slots, parameters, ...rules } = profile;
  const misfit = targetMisfit({ profile, target });
  if (misfit) {
    throw new NotAllowedError(misfit);
  }
  const canonical = canonicalJson({
    ...rules,
    v: 1,
    profileId: id,
    kind,
    partSlots: partSlotsOf(profile),
    parameters: fillParameters({
      profileId: id,
      parameters,
      slots,
      target,
      requested: options.parameters,
    }),
  } satisfies PinnedProfile);
  return { content: JSON.parse(canonical), hash: hashOf(canonical) };
}

/** What a profile takes from earlier parts of a bundle; undefined when nothing. */
export function partSlotsOf({ slots }: Profile): ParameterSlot[] | undefined {
  const ofParts = slots.filter(slot => slot.from === 'parts');
  return ofParts.length ? ofParts : undefined;
}

/** The hash of a pinned profile as the ledger holds it. */
export function hashPinnedProfile(content: PinnedProfile): string {
  return hashOf(canonicalJson(content));
}

/** Equal content in equal words, whatever the order of its keys. */
export function canonicalJson(content: object): string {
  return stringify(content)!;
}

function hashOf(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex');
}
