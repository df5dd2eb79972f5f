import { AgentContext } from './AgentContext';
import { registerDescribeLease } from './actions/describeLease';
import { registerEndLease } from './actions/endLease';
import { registerListLeases } from './actions/listLeases';
import { registerRequestAccess } from './actions/requestAccess';

/** What agents and the terminal can do in the name of a person. Deciding about requests is not among it, nor are credentials. */
export function registerActions(context: AgentContext): void {
  registerRequestAccess(context);
  registerListLeases(context);
  registerDescribeLease(context);
  registerEndLease(context);
}
