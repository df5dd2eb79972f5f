import { createApiRef } from '@backstage/core-plugin-api';
import { JitApi } from '@backstage-jit/plugin-jit-common';

/**
 * The calls of the jit backend.
 *
 * @public
 */
export const jitApiRef = createApiRef<JitApi>({ id: 'plugin.jit' });
