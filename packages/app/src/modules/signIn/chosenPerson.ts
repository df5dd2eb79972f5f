const KEY = 'jit-demo.person';

/** Who this browser is signed in as, kept over a reload. */
export const chosenPerson = {
  get: (): string | undefined => localStorage.getItem(KEY) ?? undefined,
  set: (ref: string) => localStorage.setItem(KEY, ref),
  clear: () => localStorage.removeItem(KEY),
};
