/**
 * The cases of the kit in which a provider that mints dies between any two exchanges.
 *
 * @param kit - names a test of the provider's conformance by its title
 */
export function crashCases(kit) {
  return [
    'a grant that crashed anywhere can be made again',
    'a grant that crashed anywhere can be taken back',
    'a revoke that crashed anywhere can be made again',
    'a revoke that crashed anywhere is absent only when sessions are dead',
    'a mint that crashed anywhere leaves nothing behind',
  ].map(kit);
}
