import { errorSchemas } from './components/errors';
import { leaseSchemas } from './components/leases';
import { offerSchemas } from './components/offers';
import { operationSchemas } from './components/operations';
import { requestSchemas } from './components/requests';
import { callerPaths } from './paths/callers';
import { leasePaths } from './paths/leases';
import { operationPaths } from './paths/operations';
import { requestPaths } from './paths/requests';

/** The REST API. Within v1 it only grows. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'jit',
    version: '1',
    description: 'Just-in-time access: everything temporary is a lease',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths: { ...callerPaths, ...requestPaths, ...leasePaths, ...operationPaths },
  components: {
    schemas: {
      ...errorSchemas,
      ...leaseSchemas,
      ...requestSchemas,
      ...offerSchemas,
      ...operationSchemas,
    },
  },
};
