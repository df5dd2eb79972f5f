import {
  ExpectedThing,
  Health,
  Inspection,
  JitProvider,
  Plan,
  Progress,
  ProviderLease,
} from '@backstage-jit/plugin-jit-node';
import { HumanDuration } from '@backstage/types';
import { AccessTokens } from '../connection/AccessTokens';
import {
  OktaConnection,
  oktaConnectionSchema,
} from '../connection/connectionSchema';
import { Fetch } from '../connection/send';
import { grant } from './grant';
import { health } from './health';
import { identity } from './identity';
import { inspect } from './inspect';
import { listPresent } from './listPresent';
import { GroupParams, groupParamsSchema } from './paramsSchema';
import { plan } from './plan';
import { refusedByCeiling } from './refusedByCeiling';
import { revoke } from './revoke';
import {
  GroupConnectionContext,
  GroupLeaseContext,
  LOGIN_ANNOTATION,
  MembershipHandle,
} from './types';

/** `okta.group`: membership of one group of Okta's own, shared by all leases of the same person on it. */
export class OktaGroupProvider
  implements JitProvider<GroupParams, MembershipHandle, OktaConnection>
{
  readonly id = 'okta.group';
  readonly kind = 'access';
  readonly connectionType = 'okta';
  readonly connectionSchema = oktaConnectionSchema;
  readonly paramsSchema = groupParamsSchema;
  readonly supports = {
    idle: false,
    // A membership has no end of its own that would have to be moved.
    extend: true,
    sessions: false,
    price: false,
  };
  readonly subjectFields = { email: true, annotations: [LOGIN_ANNOTATION] };
  /** Okta's replicas follow within seconds, and a request that timed out here is worked off there within seconds, too. */
  readonly settle: HumanDuration = { seconds: 10 };
  readonly callTimeout: HumanDuration = { seconds: 20 };
  readonly refusedByCeiling = refusedByCeiling;

  readonly #fetch: Fetch;
  readonly #tokens = new AccessTokens();

  private constructor(options: { fetch: Fetch }) {
    this.#fetch = options.fetch;
  }

  static create(options?: {
    /** For tests that come between the provider and the org. */
    fetch?: Fetch;
  }): OktaGroupProvider {
    return new OktaGroupProvider({
      fetch: options?.fetch ?? ((url, init) => fetch(url, init)),
    });
  }

  /** By the person in Okta where the catalog says who that is: two of its Users may be one there. */
  entitlementKey(options: {
    lease: ProviderLease;
    params: GroupParams;
  }): string {
    const { subject, subjectProfile } = options.lease;
    const known = [
      subjectProfile?.email,
      subjectProfile?.annotations?.[LOGIN_ANNOTATION],
    ].map(value => value?.toLocaleLowerCase('en-US') ?? '');
    return JSON.stringify([
      options.params.group,
      ...(known.some(Boolean) ? known : [subject]),
    ]);
  }

  identity(ctx: GroupConnectionContext): Promise<string> {
    return identity(this.#call(ctx));
  }

  plan(ctx: GroupLeaseContext): Promise<Plan> {
    return plan(this.#call(ctx));
  }

  grant(ctx: GroupLeaseContext): Promise<Progress<MembershipHandle>> {
    return grant(this.#call(ctx));
  }

  inspect(ctx: GroupLeaseContext): Promise<Inspection> {
    return inspect(this.#call(ctx));
  }

  revoke(ctx: GroupLeaseContext): Promise<Progress<MembershipHandle>> {
    return revoke(this.#call(ctx));
  }

  listPresent(
    ctx: GroupConnectionContext,
    options: { expected: Array<ExpectedThing<GroupParams, MembershipHandle>> },
  ): AsyncIterable<string> {
    return listPresent(this.#call(ctx), options);
  }

  health(ctx: GroupConnectionContext): Promise<Health> {
    return health(this.#call(ctx));
  }

  #call<TContext>(ctx: TContext): {
    ctx: TContext;
    fetch: Fetch;
    tokens: AccessTokens;
  } {
    return { ctx, fetch: this.#fetch, tokens: this.#tokens };
  }
}
