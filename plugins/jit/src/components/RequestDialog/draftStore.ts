import { RequestDraft } from './RequestDraft';

const keyOf = (entityRef: string) => `jit.request:${entityRef}`;

/** Keeps what was typed over a closed dialog, a reload and a new sign-in, in this browser tab alone. */
export const draftStore = {
  read(entityRef: string): RequestDraft | undefined {
    try {
      const text = sessionStorage.getItem(keyOf(entityRef));
      const draft = text ? (JSON.parse(text) as RequestDraft) : undefined;
      return draft &&
        typeof draft.profileId === 'string' &&
        typeof draft.reason === 'string' &&
        draft.durationMs > 0
        ? { ...draft, parameters: draft.parameters ?? {} }
        : undefined;
    } catch {
      return undefined;
    }
  },

  write(entityRef: string, draft: RequestDraft): void {
    try {
      sessionStorage.setItem(keyOf(entityRef), JSON.stringify(draft));
    } catch {
      // A browser that stores nothing still has it in the open dialog.
    }
  },

  remove(entityRef: string): void {
    try {
      sessionStorage.removeItem(keyOf(entityRef));
    } catch {
      // As above.
    }
  },
};
