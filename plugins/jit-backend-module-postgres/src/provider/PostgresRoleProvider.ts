import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import {
  Health,
  Inspection,
  JitProvider,
  OwnedThing,
  Plan,
  Progress,
} from '@backstage-jit/plugin-jit-node';
import { HumanDuration } from '@backstage/types';
import {
  PostgresConnection,
  postgresConnectionSchema,
} from '../connection/connectionSchema';
import { openSession, SessionFactory } from '../connection/openSession';
import { revoke } from '../revoke/revoke';
import { extend } from './extend';
import { grant } from './grant';
import { health } from './health';
import { identity } from './identity';
import { inspect } from './inspect';
import { issueCredentials } from './issueCredentials';
import { listOwned } from './listOwned';
import { RoleParams, roleParamsSchema } from './paramsSchema';
import { plan } from './plan';
import { refusedByCeiling } from './refusedByCeiling';
import { RoleConnectionContext, RoleHandle, RoleLeaseContext } from './types';

/**
 * `postgres.role`: per lease a login role of its own, member of the profile's roles, that is gone afterwards with its sessions and
 * its code.
 */
export class PostgresRoleProvider
  implements JitProvider<RoleParams, RoleHandle, PostgresConnection>
{
  readonly id = 'postgres.role';
  readonly kind = 'access';
  readonly connectionType = 'postgres';
  readonly connectionSchema = postgresConnectionSchema;
  readonly paramsSchema = roleParamsSchema;
  readonly supports = {
    // A session that comes and goes between two looks leaves no trace of its role: it would be taken for unused.
    idle: false,
    extend: true,
    sessions: true,
    price: false,
  };
  readonly readsLag = false;
  /** The server ends a late transaction by itself at the deadline, give or take the two clocks' grain. */
  readonly settle: HumanDuration = { seconds: 1 };
  readonly callTimeout: HumanDuration = { seconds: 20 };
  readonly refusedByCeiling = refusedByCeiling;

  readonly #openSession: SessionFactory;

  private constructor(options: { openSession: SessionFactory }) {
    this.#openSession = options.openSession;
  }

  static create(options?: {
    /** For tests that come between the provider and the server. */
    openSession?: SessionFactory;
  }): PostgresRoleProvider {
    return new PostgresRoleProvider({
      openSession: options?.openSession ?? openSession,
    });
  }

  identity(ctx: RoleConnectionContext): Promise<string> {
    return identity(this.#call(ctx));
  }

  plan(ctx: RoleLeaseContext): Promise<Plan> {
    return plan(this.#call(ctx));
  }

  grant(ctx: RoleLeaseContext): Promise<Progress<RoleHandle>> {
    return grant(this.#call(ctx));
  }

  inspect(ctx: RoleLeaseContext): Promise<Inspection> {
    return inspect(this.#call(ctx));
  }

  revoke(ctx: RoleLeaseContext): Promise<Progress<RoleHandle>> {
    return revoke(this.#call(ctx));
  }

  extend(ctx: RoleLeaseContext): Promise<Progress<RoleHandle>> {
    return extend(this.#call(ctx));
  }

  issueCredentials(ctx: RoleLeaseContext): Promise<IssuedCredentials> {
    return issueCredentials(this.#call(ctx));
  }

  listOwned(ctx: RoleConnectionContext): AsyncIterable<OwnedThing<RoleHandle>> {
    return listOwned(this.#call(ctx));
  }

  health(ctx: RoleConnectionContext): Promise<Health> {
    return health(this.#call(ctx));
  }

  #call<TContext>(ctx: TContext): {
    ctx: TContext;
    openSession: SessionFactory;
  } {
    return { ctx, openSession: this.#openSession };
  }
}
