import { JitProviderError } from '@backstage-jit/plugin-jit-node';

/**
 * What a call of a provider was refused with.
 *
 * @throws Error when it was not refused, or with anything but a {@link JitProviderError}
 *
 * @public
 */
export async function failureOf(
  run: Promise<unknown>,
): Promise<JitProviderError> {
  const error = await run.then(
    answer => answer,
    thrown => thrown,
  );
  if (!JitProviderError.is(error)) {
    throw new Error(`Not refused: ${JSON.stringify(error)} ${error}`);
  }
  return error;
}
