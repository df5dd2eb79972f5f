import { LoggerService } from '@backstage/backend-plugin-api';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { JitProviderError, LeaseContext } from '@backstage-jit/plugin-jit-node';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  EntitlementView,
  Failure,
  LeaseRecord,
  PendingCall,
} from '../leases/records';
import { CallOutcome } from '../leases/CallOutcome';
import { callWithDeadline, DeadlineError } from './callWithDeadline';
import { classify } from './classify';
import { leaseOnThing, parametersOf } from './leaseOnThing';
import { OutsideSystems, Resolved } from './OutsideSystems';

/** It took so long to get to the call that it could land after the ledger stops waiting for it. */
export const NOT_SENT: Failure = {
  class: 'retryable',
  message: 'It took too long to get there; it is tried again',
};

/** When a call may be made. */
export interface CallWindow {
  /** Aborted when the claim is lost. */
  signal: AbortSignal;
  /** `performance.now()` from before the intent was committed: from then on the ledger counts how long the call may still land. */
  since: number;
}

/** Makes the calls that the ledger holds the intent of: the one place where a provider's grant, keep, revoke, inspect, extend and mint are called. */
export class ProviderCaller {
  constructor(
    private readonly options: {
      systems: OutsideSystems;
      logger: LoggerService;
      outsideMarginMs: number;
    },
  ) {}

  /** Never throws: what went wrong is the outcome. */
  async perform(
    view: EntitlementView,
    call: PendingCall,
    window: CallWindow,
  ): Promise<CallOutcome> {
    const work = async (
      { provider }: Resolved,
      ctx: LeaseContext,
    ): Promise<CallOutcome> => {
      switch (call.operation) {
        case 'look-before':
        case 'inspect':
          return {
            operation: call.operation,
            look: inMilliseconds(await provider.inspect(ctx)),
          };
        case 'grant':
          return {
            operation: call.operation,
            progress: inMilliseconds(await provider.grant(ctx)),
          };
        case 'keep':
          if (!provider.keep) {
            throw JitProviderError.misconfigured(
              `${provider.id} keeps no last copies any more: install a release of it that does`,
            );
          }
          return {
            operation: call.operation,
            progress: inMilliseconds(await provider.keep(ctx)),
          };
        case 'revoke':
          return {
            operation: call.operation,
            progress: inMilliseconds(await provider.revoke(ctx)),
          };
        case 'extend':
          return {
            operation: call.operation,
            progress: inMilliseconds(await provider.extend!(ctx)),
          };
        default:
          throw new Error(`${call.operation} is not a provider's operation`);
      }
    };
    return await this.call(view, call, window, work);
  }

  /** As {@link ProviderCaller.perform}, for credentials, which stand in no outcome. */
  async mint(
    view: EntitlementView,
    call: PendingCall,
    window: CallWindow,
  ): Promise<{ credentials: IssuedCredentials } | { failure: Failure }> {
    return await this.call(view, call, window, async ({ provider }, ctx) => ({
      credentials: await provider.issueCredentials!(ctx),
    }));
  }

  /** The handle to commit with the intent of a mint, for a provider that has to know what may be out. Pure. */
  intendedHandle(
    view: EntitlementView,
    lease: LeaseRecord,
    call: PendingCall,
  ): LeaseRecord['handle'] {
    const resolved = this.options.systems.resolve(view.entitlement);
    if ('class' in resolved) {
      return undefined;
    }
    const { provider } = resolved;
    return provider.intendCredentials?.({
      ...leaseOnThing(view, lease),
      params: parametersOf(lease, provider),
      now: call.startedAt,
      landsUntil: call.landsUntil,
    });
  }

  private async call<T>(
    view: EntitlementView,
    call: PendingCall,
    window: CallWindow,
    work: (resolved: Resolved, ctx: LeaseContext) => Promise<T>,
  ): Promise<T | { failure: Failure }> {
    const { systems, logger } = this.options;
    const { entitlement } = view;
    const resolved = systems.resolve(entitlement);
    if ('class' in resolved) {
      return { failure: resolved };
    }
    const { callTimeoutMs } = systems.traits(entitlement.provider);
    const milliseconds = callTimeoutMs - (performance.now() - window.since);
    if (milliseconds <= 0) {
      return { failure: NOT_SENT };
    }
    try {
      const params = paramsFor(view, call, resolved);
      if ('class' in params) {
        return { failure: params };
      }
      return await callWithDeadline(
        { milliseconds, signal: window.signal },
        async limits =>
          await work(resolved, {
            ...systems.context(resolved, limits),
            ...this.leaseContext(view, call),
            params: params.value,
          }),
      );
    } catch (error) {
      const failure: Failure =
        error instanceof DeadlineError
          ? { class: 'unknown-outcome', message: error.message }
          : classify(error, entitlement.provider);
      if (failure.class === 'connection') {
        systems.forget(entitlement.connection);
      }
      logger.warn(`Could not ${call.operation} lease ${call.leaseId}`, {
        lease: call.leaseId,
        operation: call.operation,
        connection: entitlement.connection,
        class: failure.class,
        why: failure.message,
      });
      return { failure };
    }
  }

  private leaseContext(view: EntitlementView, call: PendingCall) {
    const { entitlement } = view;
    const lease = leaseOf(view, call);
    return {
      ...leaseOnThing(view, lease),
      notAfter:
        call.notAfter ??
        entitlement.outsideUntil ??
        (lease.expiresAt ?? lease.startsAt) + this.options.outsideMarginMs,
    };
  }
}

/**
 * The parameters as the provider reads them, checked against the ceiling just before a grant. What is being taken back was let through once:
 * a schema or ceiling that has become narrower since must not keep it alive.
 */
function paramsFor(
  view: EntitlementView,
  call: PendingCall,
  { provider, connection }: Resolved,
): { value: unknown } | Failure {
  const lease = leaseOf(view, call);
  if (call.operation !== 'grant') {
    return { value: parametersOf(lease, provider) };
  }
  const parsed = provider.paramsSchema.safeParse(lease.parameters);
  if (!parsed.success) {
    return {
      class: 'misconfigured',
      message: `The parameters of profile ${lease.profileId} are not what ${provider.id} takes`,
    };
  }
  const refusal = provider.refusedByCeiling({
    params: parsed.data,
    connection,
  });
  return refusal
    ? { class: 'misconfigured', message: refusal }
    : { value: parsed.data };
}

function leaseOf(view: EntitlementView, call: PendingCall) {
  const lease = view.leases.find(each => each.id === call.leaseId);
  if (!lease) {
    throw new Error(`The call is about ${call.leaseId}, which is not here`);
  }
  return lease;
}

/** An answer with its instants and waits in whole milliseconds, as the ledger keeps them. */
function inMilliseconds<
  T extends { lookAgainIn?: HumanDuration; aliveUntil?: number },
>(answer: T): Omit<T, 'lookAgainIn'> & { lookAgainInMs?: number } {
  const { lookAgainIn, aliveUntil, ...rest } = answer;
  return {
    ...rest,
    ...(aliveUntil !== undefined && { aliveUntil: Math.ceil(aliveUntil) }),
    ...(lookAgainIn && {
      lookAgainInMs: Math.ceil(durationToMilliseconds(lookAgainIn)),
    }),
  } as Omit<T, 'lookAgainIn'> & { lookAgainInMs?: number };
}
