import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import {
  EntitlementView,
  Failure,
  LeaseRecord,
  PendingCall,
} from '../leases/records';
import { CallOutcome } from '../leases/CallOutcome';
import { callWithDeadline } from './callWithDeadline';
import { EngineOptions } from './DefaultJitEngine';
import { CallWindow, ProviderCaller } from './ProviderCaller';

/** Makes the call that a decision asks for, to the provider or to the catalog, and tells the observer how it came out. Never throws. */
export class CallMaker {
  constructor(
    private readonly options: Pick<
      EngineOptions,
      'checkEligibility' | 'observer' | 'settings'
    > & { provider: ProviderCaller },
  ) {}

  async perform(
    view: EntitlementView,
    call: PendingCall,
    window: CallWindow,
  ): Promise<CallOutcome> {
    return await this.observed(view, call, () =>
      call.operation === 'eligibility'
        ? this.askCatalog(view, call, window)
        : this.options.provider.perform(view, call, window),
    );
  }

  async mint(
    view: EntitlementView,
    call: PendingCall,
    window: CallWindow,
  ): Promise<{ credentials: IssuedCredentials } | { failure: Failure }> {
    return await this.observed(view, call, () =>
      this.options.provider.mint(view, call, window),
    );
  }

  /** What of the credentials about to be issued has to be known beforehand. */
  intendedHandle(
    view: EntitlementView,
    lease: LeaseRecord,
    call: PendingCall,
  ): LeaseRecord['handle'] {
    return this.options.provider.intendedHandle(view, lease, call);
  }

  private async observed<T extends object>(
    view: EntitlementView,
    { operation }: PendingCall,
    make: () => Promise<T | (T & { failure: Failure })>,
  ): Promise<T> {
    const begun = performance.now();
    const outcome = await make();
    const failure = 'failure' in outcome ? outcome.failure : undefined;
    this.options.observer?.called?.({
      provider: view.entitlement.provider,
      operation,
      ...(failure && { failure: failure.class }),
      milliseconds: performance.now() - begun,
    });
    return outcome;
  }

  private async askCatalog(
    view: EntitlementView,
    call: PendingCall,
    window: CallWindow,
  ): Promise<CallOutcome> {
    const { settings, checkEligibility } = this.options;
    const lease = view.leases.find(each => each.id === call.leaseId)!;
    try {
      return await callWithDeadline(
        { milliseconds: settings.callTimeoutMs, signal: window.signal },
        ({ signal }) => checkEligibility(lease, signal, view.otherParts),
      );
    } catch {
      return {
        failure: {
          class: 'connection',
          message: 'The catalog does not answer: nobody is granted anything',
        },
      };
    }
  }
}
