import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { RouterContext } from '../router/RouterContext';
import { AgentCalls } from './AgentCalls';

/** What the actions are made of: the very services that the REST API has. */
export interface AgentContext
  extends Pick<
    RouterContext,
    'http' | 'requests' | 'leases' | 'stuck' | 'extensions'
  > {
  actions: ActionsRegistryService;
  calls: AgentCalls;
}
