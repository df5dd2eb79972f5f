import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import {
  Health,
  Inspection,
  JitProvider,
  KeepProgress,
  OwnedThing,
  Plan,
  Progress,
  ThingActivity,
} from '@backstage-jit/plugin-jit-node';
import { HumanDuration } from '@backstage/types';
import {
  PostgresConnection,
  postgresConnectionSchema,
} from '../connection/connectionSchema';
import { openSession, SessionFactory } from '../connection/openSession';
import { identity } from '../provider/identity';
import { extend } from './extend';
import { grant } from './grant';
import { health } from './health';
import { inspect } from './inspect';
import { issueCredentials } from './issueCredentials';
import { keep } from './keep';
import { listActivity } from './listActivity';
import { listOwned } from './listOwned';
import { LongStatements } from './LongStatements';
import { DatabaseParams, databaseParamsSchema } from './paramsSchema';
import { plan } from './plan';
import { refusedByCeiling } from './refusedByCeiling';
import { revoke } from './revoke';
import {
  DatabaseConnectionContext,
  DatabaseHandle,
  DatabaseLeaseContext,
} from './types';

/**
 * `postgres.database`: per lease a database of its own, empty or a copy, with a login role that owns what is in it. Both are gone afterwards, with
 * the sessions.
 */
export class PostgresDatabaseProvider
  implements JitProvider<DatabaseParams, DatabaseHandle, PostgresConnection>
{
  readonly id = 'postgres.database';
  readonly kind = 'infrastructure';
  readonly connectionType = 'postgres';
  readonly connectionSchema = postgresConnectionSchema;
  readonly paramsSchema = databaseParamsSchema;
  readonly supports = {
    idle: true,
    extend: true,
    sessions: true,
    price: true,
    keep: true,
  };
  readonly readsLag = false;
  /** The server ends a late transaction by itself at the deadline; what may run on is listed by it, and looked for. */
  readonly settle: HumanDuration = { seconds: 1 };
  readonly callTimeout: HumanDuration = { seconds: 20 };
  readonly refusedByCeiling = refusedByCeiling;

  readonly #openSession: SessionFactory;
  readonly #long = new LongStatements();

  private constructor(options: { openSession: SessionFactory }) {
    this.#openSession = options.openSession;
  }

  static create(options?: {
    /** For tests that come between the provider and the server. */
    openSession?: SessionFactory;
  }): PostgresDatabaseProvider {
    return new PostgresDatabaseProvider({
      openSession: options?.openSession ?? openSession,
    });
  }

  identity(ctx: DatabaseConnectionContext): Promise<string> {
    return identity(this.#call(ctx));
  }

  plan(ctx: DatabaseLeaseContext): Promise<Plan> {
    return plan(this.#call(ctx));
  }

  grant(ctx: DatabaseLeaseContext): Promise<Progress<DatabaseHandle>> {
    return grant(this.#call(ctx));
  }

  inspect(ctx: DatabaseLeaseContext): Promise<Inspection> {
    return inspect(this.#call(ctx));
  }

  revoke(ctx: DatabaseLeaseContext): Promise<Progress<DatabaseHandle>> {
    return revoke(this.#call(ctx));
  }

  keep(ctx: DatabaseLeaseContext): Promise<KeepProgress<DatabaseHandle>> {
    return keep(this.#call(ctx));
  }

  extend(ctx: DatabaseLeaseContext): Promise<Progress<DatabaseHandle>> {
    return extend(this.#call(ctx));
  }

  issueCredentials(ctx: DatabaseLeaseContext): Promise<IssuedCredentials> {
    return issueCredentials(this.#call(ctx));
  }

  listOwned(
    ctx: DatabaseConnectionContext,
  ): AsyncIterable<OwnedThing<DatabaseHandle>> {
    return listOwned(this.#call(ctx));
  }

  listActivity(ctx: DatabaseConnectionContext): AsyncIterable<ThingActivity> {
    return listActivity(this.#call(ctx));
  }

  health(ctx: DatabaseConnectionContext): Promise<Health> {
    return health(this.#call(ctx));
  }

  #call<TContext>(ctx: TContext): {
    ctx: TContext;
    openSession: SessionFactory;
    long: LongStatements;
  } {
    return { ctx, openSession: this.#openSession, long: this.#long };
  }
}
