import { JitProviderError } from '@backstage-jit/plugin-jit-node';

/** What a call was refused with. Fails when it was not, or not in the provider's own way. */
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
