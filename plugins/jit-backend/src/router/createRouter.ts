import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express, { Router } from 'express';
import { auditCalls, noteRefusal } from '../audit/auditCalls';
import { openapi } from '../schema/openapi';
import { addCallerRoutes } from './callerRoutes';
import { addLeaseRoutes } from './leaseRoutes';
import { nameUnknownProperties } from './nameUnknownProperties';
import { addOperationRoutes } from './operationRoutes';
import { ownWordsOnly } from './ownWordsOnly';
import { addRequestRoutes } from './requestRoutes';
import { RouterContext } from './RouterContext';
import { sayWhenToRetry } from './sayWhenToRetry';

/** The REST API, by its document. */
export function createRouter(
  context: RouterContext & {
    auditor: AuditorService;
    logger: LoggerService;
    /** Whether what goes out is checked, too, and the document itself: tests do, so that no start of a backend has to. */
    checksItself: boolean;
  },
): Router {
  const api = createValidatedOpenApiRouter(
    // Put together from parts, so its type says nothing that the routes could be checked against.
    openapi as unknown as Parameters<typeof createValidatedOpenApiRouter>[0],
    {
      middleware: [express.json(), nameUnknownProperties(openapi.paths)],
      validatorOptions: {
        validateRequests: {
          allErrors: true,
          coerceTypes: false,
          allowUnknownQueryParameters: false,
        },
        validateResponses: context.checksItself,
        validateApiSpec: context.checksItself,
      },
    },
  ) as unknown as Router;
  addCallerRoutes(api, context);
  addRequestRoutes(api, context);
  addLeaseRoutes(api, context);
  addOperationRoutes(api, context);

  const router = express.Router();
  // Before the validator, which takes every error that comes by it for the caller's.
  router.use(auditCalls({ ...context, paths: openapi.paths }));
  router.use(api);
  router.use(sayWhenToRetry);
  router.use(ownWordsOnly(context.logger));
  router.use(noteRefusal);
  return router;
}
