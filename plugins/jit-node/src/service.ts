import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultJitService } from './DefaultJitService';
import { JitService } from './JitService';

/**
 * For other backend plugins: leases on behalf of a person. There without anything being installed for it, besides the jit backend.
 *
 * @public
 */
export const jitServiceRef = createServiceRef<JitService>({
  id: 'jit.leases',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps => new DefaultJitService(deps),
    }),
});
