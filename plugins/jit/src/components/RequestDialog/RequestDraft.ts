import { ProfileOffer } from '@backstage-jit/plugin-jit-common';

/** What somebody is typing. */
export interface RequestDraft {
  profileId: string;
  durationMs: number;
  reason: string;
  /** Whom it is for, as it is typed; undefined for oneself. */
  subject?: string;
  /** As the browser's own field has it, in its time zone; undefined for now. */
  startsAt?: string;
  /** By the name of the parameter; choices as JSON. */
  parameters: Record<string, string>;
}

/** Half an hour, or what the profile has instead. */
export function newDraft(offer: ProfileOffer): RequestDraft {
  return {
    profileId: offer.profileId,
    durationMs: offer.duration.defaultMs,
    reason: '',
    ...subjectFor(offer, undefined),
    parameters: {},
  };
}

/** The same with another profile: what was typed stays, what does not fit there gives way. */
export function withProfile(
  draft: RequestDraft,
  offer: ProfileOffer,
): RequestDraft {
  const { maximumMs, defaultMs } = offer.duration;
  return {
    ...draft,
    profileId: offer.profileId,
    durationMs: draft.durationMs > maximumMs ? defaultMs : draft.durationMs,
    subject: undefined,
    ...subjectFor(offer, draft.subject),
  };
}

/** What oneself cannot have can be for others alone, where one may ask for them. */
function subjectFor(
  { onBehalf, refusal }: ProfileOffer,
  subject: string | undefined,
): Pick<RequestDraft, 'subject'> {
  return onBehalf ? { subject: subject ?? (refusal ? '' : undefined) } : {};
}
