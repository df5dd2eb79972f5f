import { Entity } from '@backstage/catalog-model';
import { JitProvider, SubjectProfile } from '@backstage-jit/plugin-jit-node';

/** All that a User says of itself to other systems. */
export function profileOf(user: Entity): SubjectProfile {
  const profile = user.spec?.profile;
  const email =
    profile && typeof profile === 'object' && !Array.isArray(profile)
      ? profile.email
      : undefined;
  return {
    ...(typeof email === 'string' && email && { email }),
    ...(user.metadata.annotations && {
      annotations: user.metadata.annotations,
    }),
  };
}

/**
 * The part that a provider asks for: what is pinned to the lease, and no more.
 *
 * @returns undefined when the provider asks for nothing, or the catalog has nothing of it
 */
export function pinSubjectProfile(options: {
  fields: JitProvider['subjectFields'];
  profile: SubjectProfile | undefined;
}): SubjectProfile | undefined {
  const { fields, profile } = options;
  const email = fields?.email ? profile?.email : undefined;
  const annotations = Object.fromEntries(
    (fields?.annotations ?? []).flatMap(name => {
      const value = profile?.annotations?.[name];
      return value ? [[name, value]] : [];
    }),
  );
  const isAny = Object.keys(annotations).length > 0;
  return email || isAny
    ? { ...(email && { email }), ...(isAny && { annotations }) }
    : undefined;
}

/** Whether the catalog still says what was pinned. */
export function isSameProfile(options: {
  pinned: SubjectProfile;
  profile: SubjectProfile | undefined;
}): boolean {
  const { pinned, profile } = options;
  return (
    (pinned.email === undefined || pinned.email === profile?.email) &&
    Object.entries(pinned.annotations ?? {}).every(
      ([name, value]) => profile?.annotations?.[name] === value,
    )
  );
}
