import { RequestDraft } from './RequestDraft';

/** What has to stay as it is while the leases of a request are counted against the limits of their profiles. */
export function limitLocks({
  subject,
  parts,
}: Pick<RequestDraft, 'subject' | 'parts'>): string[][] {
  return parts.flatMap(({ pinned }) => {
    const { profileId, limits } = pinned.content;
    return [
      ...(limits.perSubject === undefined
        ? []
        : [['per-subject', profileId, subject]]),
      ...(limits.perProfile === undefined ? [] : [['per-profile', profileId]]),
    ];
  });
}
