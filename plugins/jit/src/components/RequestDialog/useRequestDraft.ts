import { useEffect, useState } from 'react';
import { Askable } from './Askable';
import { draftStore } from './draftStore';
import { newDraft, RequestDraft, withProfile } from './RequestDraft';

interface RequestDraftState {
  draft: RequestDraft;
  offer: Askable;
  /** Whether it holds what was typed before. */
  restored: boolean;
  change(part: Partial<RequestDraft>): void;
  choose(offer: Askable): void;
  /** It was asked for, or is not wanted any more. */
  discard(): void;
}

/** The draft in the dialog; kept in the browser tab until it is asked for or cancelled. */
export function useRequestDraft(options: {
  entityRef: string;
  /** At least one. */
  offers: Askable[];
  /** The one that was clicked on. */
  initial: Askable;
}): RequestDraftState {
  const { entityRef, offers, initial } = options;
  const [kept] = useState(() => draftStore.read(entityRef));
  const [draft, setDraft] = useState(() =>
    kept ? withProfile(kept, initial) : newDraft(initial),
  );
  const [touched, setTouched] = useState(false);

  useEffect(() => {
    if (touched) {
      draftStore.write(entityRef, draft);
    }
  }, [entityRef, draft, touched]);

  const change = (part: Partial<RequestDraft>) => {
    setTouched(true);
    setDraft(before => ({ ...before, ...part }));
  };
  return {
    draft,
    offer:
      offers.find(({ profileId }) => profileId === draft.profileId) ?? initial,
    restored: Boolean(kept?.reason) && !touched,
    change,
    choose: offer => {
      setTouched(true);
      setDraft(before => withProfile(before, offer));
    },
    discard: () => {
      setTouched(false);
      draftStore.remove(entityRef);
    },
  };
}
