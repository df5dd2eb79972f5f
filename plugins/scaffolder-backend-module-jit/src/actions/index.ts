import { StepServices } from '../steps';
import { createEndLeaseAction } from './endLease';
import { createEnvironmentAction } from './createEnvironment';
import { createExtendLeaseAction } from './extendLease';
import { createRegisterTeardownAction } from './registerTeardown';
import { createRequestAccessAction } from './requestAccess';
import { createRollBackTaskAction } from './rollBackTask';
import { createWaitForLeaseAction } from './waitForLease';

/** All actions of this module. */
export function createActions(services: StepServices) {
  return [
    createRequestAccessAction(services),
    createEnvironmentAction(services),
    createRegisterTeardownAction(services),
    createWaitForLeaseAction(services),
    createExtendLeaseAction(services),
    createEndLeaseAction(services),
    createRollBackTaskAction(services),
  ];
}
