import { JitProviderError, Progress } from '@backstage-jit/plugin-jit-node';
import { preflight } from './preflight';
import { refusedByCeiling } from './refusedByCeiling';
import { StsCall, StsHandle } from './types';

/** Makes nothing: keys are made when the holder asks for them. Looks whether there can be any, and whether they can be ended early. */
export async function grant(call: StsCall): Promise<Progress<StsHandle>> {
  const { ctx } = call;
  const refusal = refusedByCeiling(ctx);
  if (refusal) {
    throw JitProviderError.misconfigured(refusal);
  }
  const found = await preflight(call);
  if ('refusal' in found) {
    throw JitProviderError.misconfigured(found.refusal);
  }
  return {
    done: true,
    handle: { ...ctx.handle, v: 1, editable: found.editable },
  };
}
