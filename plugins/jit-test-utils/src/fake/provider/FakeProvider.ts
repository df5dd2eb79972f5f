import {
  ConnectionContext,
  ExpectedThing,
  Health,
  Inspection,
  JitProvider,
  JitProviderError,
  OwnedThing,
  Plan,
  Progress,
  ProviderConnection,
  ProviderLease,
  ThingActivity,
} from '@backstage-jit/plugin-jit-node';
import { IssuedCredentials, LeaseKind } from '@backstage-jit/plugin-jit-common';
import { HumanDuration } from '@backstage/types';
import { randomBytes } from 'node:crypto';
import { FakeOutside } from '../outside/FakeOutside';
import { classify, FakeClient } from './FakeClient';
import { FakeLeaseContext, FakeNature, FakeWork } from './FakeNature';
import { findActivity, findOwned, findPresent } from './listings';
import { isMarked } from './pieces';
import {
  FakeConnection,
  fakeConnectionSchema,
  FakeHandle,
  FakeParams,
  fakeParamsSchema,
} from './fakeSchemas';

type Context = ConnectionContext<FakeConnection>;

/** The settings of a fake provider, all of them decided. */
export interface FakeProviderSettings {
  id: string;
  kind: LeaseKind;
  nature: FakeNature;
  shared: boolean;
  marks: boolean;
  credentials: boolean;
  endsSessions: boolean;
  looks: number;
  settle?: HumanDuration;
  callTimeout?: HumanDuration;
  residual?: string;
  looksAtAbsence: boolean;
  worker: string;
  outsideOf(connection: FakeConnection): FakeOutside;
}

function outcomeOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) {
    return 'done';
  }
  if ('status' in answer) {
    return String(answer.status);
  }
  return 'done' in answer && answer.done === false ? 'more' : 'done';
}

/** The fake provider: what all natures have in common. */
export class FakeProvider
  implements JitProvider<FakeParams, FakeHandle, FakeConnection>
{
  readonly connectionType = 'fake';
  readonly connectionSchema = fakeConnectionSchema;
  readonly paramsSchema = fakeParamsSchema;
  readonly id: string;
  readonly kind: LeaseKind;
  readonly settle?: HumanDuration;
  readonly callTimeout?: HumanDuration;
  readonly supports;
  readonly entitlementKey?: JitProvider['entitlementKey'];
  readonly issueCredentials?: (
    ctx: FakeLeaseContext,
  ) => Promise<IssuedCredentials>;
  readonly listOwned?: (ctx: Context) => AsyncIterable<OwnedThing<FakeHandle>>;
  readonly listActivity?: (ctx: Context) => AsyncIterable<ThingActivity>;
  readonly listPresent?: (
    ctx: Context,
    options: { expected: Array<ExpectedThing<FakeParams, FakeHandle>> },
  ) => AsyncIterable<string>;
  readonly #settings: FakeProviderSettings;
  /** By entitlement, the record of the last call's end that is on its way. */
  readonly #ending = new Map<string, Promise<void>>();

  constructor(settings: FakeProviderSettings) {
    this.#settings = settings;
    this.id = settings.id;
    this.kind = settings.kind;
    this.settle = settings.settle;
    this.callTimeout = settings.callTimeout;
    const isAccess = settings.kind === 'access';
    this.supports = {
      idle: settings.marks,
      extend: true,
      sessions: isAccess && settings.endsSessions,
      price: false,
    };
    if (settings.shared) {
      this.entitlementKey = options =>
        this.#keyOf(options.lease, options.params);
    }
    if (settings.credentials) {
      this.issueCredentials = ctx => this.#mint(ctx);
    }
    if (settings.marks) {
      this.listOwned = ctx => this.#list('listOwned', ctx, findOwned);
      this.listActivity = ctx => this.#list('listActivity', ctx, findActivity);
    } else {
      this.listPresent = (ctx, { expected }) =>
        this.#list('listPresent', ctx, async client =>
          findPresent(client, {
            expected,
            keyOf: ({ lease, params }) => this.#keyOf(lease, params),
          }),
        );
    }
  }

  refusedByCeiling(options: {
    params: FakeParams;
    connection: ProviderConnection<FakeConnection>;
  }): string | undefined {
    const { names } = options.connection.config.ceiling;
    const { name } = options.params;
    return names.includes(name)
      ? undefined
      : `"${name}" is not in the ceiling of connection "${options.connection.name}".`;
  }

  async identity(ctx: Context): Promise<string> {
    return await this.#run('identity', ctx, async client => {
      const { identity } = await client.ask('identify', {});
      return identity;
    });
  }

  async plan(ctx: FakeLeaseContext): Promise<Plan> {
    return await this.#runOnThing('plan', ctx, async ({ key, client }) => {
      const { thing } = await client.ask('get', { key });
      const isForeign =
        !this.#settings.shared && thing && !isMarked(thing, ctx.mark);
      const { residual } = this.#settings;
      return {
        lines: this.#settings.nature.parts(key).map(part => `make "${part}"`),
        ...(isForeign && { refusal: `"${key}" belongs to somebody else.` }),
        ...(residual !== undefined && { residual }),
      };
    });
  }

  async grant(ctx: FakeLeaseContext): Promise<Progress<FakeHandle>> {
    return await this.#runOnThing('grant', ctx, async work => {
      const progress = await this.#settings.nature.make(work);
      const { system } = ctx.connection.config;
      const facts = { system, name: ctx.externalName, role: ctx.params.name };
      return progress.done ? { ...progress, facts } : progress;
    });
  }

  async inspect(ctx: FakeLeaseContext): Promise<Inspection> {
    return await this.#runOnThing('inspect', ctx, async work => {
      const { residual, looksAtAbsence } = this.#settings;
      const look = await this.#settings.nature.look(work);
      return {
        ...look,
        ...(residual !== undefined && { residual }),
        ...(look.status === 'absent' && !looksAtAbsence && { verified: false }),
      };
    });
  }

  async revoke(ctx: FakeLeaseContext): Promise<Progress<FakeHandle>> {
    return await this.#runOnThing('revoke', ctx, work =>
      this.#settings.nature.unmake(work),
    );
  }

  async extend(ctx: FakeLeaseContext): Promise<Progress<FakeHandle>> {
    return await this.#runOnThing('extend', ctx, async ({ key, client }) => {
      for (const part of this.#settings.nature.parts(key)) {
        const { found } = await client.ask('setExpiry', {
          key: part,
          mark: this.#settings.shared ? undefined : ctx.mark,
          expiresAt: ctx.notAfter,
        });
        if (!found) {
          throw JitProviderError.retryable(`"${part}" is not there.`);
        }
      }
      return { done: true, handle: ctx.handle };
    });
  }

  async health(ctx: Context): Promise<Health> {
    return await this.#run('health', ctx, async client => {
      await client.ask('identify', {});
      return { ok: true };
    });
  }

  async #mint(ctx: FakeLeaseContext): Promise<IssuedCredentials> {
    return await this.#runOnThing('issueCredentials', ctx, async work => {
      const { key, client } = work;
      const secret = randomBytes(16).toString('hex');
      const { found } = await client.ask('setSecret', {
        key,
        mark: ctx.mark,
        secret,
      });
      if (!found) {
        throw JitProviderError.retryable(`"${key}" is not there.`);
      }
      return {
        expiresAt: new Date(ctx.notAfter).toISOString(),
        forms: [
          { id: 'secret', title: 'Secret', value: secret },
          {
            id: 'command',
            title: 'Command',
            value: `fake sign-in ${key} --secret ${secret}`,
            language: 'shell',
          },
        ],
      };
    });
  }

  async *#list<T>(
    operation: 'listOwned' | 'listPresent' | 'listActivity',
    ctx: Context,
    find: (client: FakeClient, ctx: Context) => Promise<T[]>,
  ): AsyncIterable<T> {
    yield* await this.#run(operation, ctx, client => find(client, ctx));
  }

  #keyOf(lease: ProviderLease, params: FakeParams): string {
    return JSON.stringify([params.name, lease.subject]);
  }

  async #runOnThing<T>(
    operation: string,
    ctx: FakeLeaseContext,
    run: (work: FakeWork) => Promise<T>,
  ): Promise<T> {
    const { shared, marks, endsSessions, looks } = this.#settings;
    const { lease, params, mark, externalName } = ctx;
    const key = shared ? this.#keyOf(lease, params) : externalName;
    return await this.#run(operation, ctx, client =>
      run({
        ctx,
        client,
        key,
        shared,
        onlyMark: marks ? mark : undefined,
        endsSessions,
        looks,
        describe: part => ({
          key: part ?? key,
          role: params.name,
          ...(shared && { subject: lease.subject }),
          mark,
          leaseId: lease.id,
          externalName,
          expiresAt: ctx.notAfter,
          ...(!endsSessions && { sessionsExpire: true }),
        }),
      }),
    );
  }

  async #run<T>(
    operation: string,
    ctx: Context | FakeLeaseContext,
    run: (client: FakeClient) => Promise<T>,
  ): Promise<T> {
    const { signal, connection } = ctx;
    const { system } = connection.config;
    const outside = this.#settings.outsideOf(connection.config);
    const entitlement = 'lease' in ctx ? ctx.externalName : undefined;
    // A call whose end is still being recorded is over, also when its caller gave up on it meanwhile.
    await (entitlement && this.#ending.get(entitlement));
    const { callId } = await outside
      .beginCall({
        worker: this.#settings.worker,
        provider: this.id,
        operation,
        system,
        ...('lease' in ctx && {
          externalName: ctx.externalName,
          leaseId: ctx.lease.id,
        }),
      })
      .catch(error => {
        throw classify(error, 'identify');
      });
    let outcome = 'unknown-outcome';
    try {
      const answer = await run(
        new FakeClient({ outside, connection: connection.config, signal }),
      );
      outcome = outcomeOf(answer);
      return answer;
    } catch (error) {
      if (JitProviderError.is(error)) {
        outcome = error.class;
      }
      throw error;
    } finally {
      // The record is not what the call is about: a world that has gone since takes nothing back.
      const ended = outside.endCall({ callId, outcome }).catch(() => {});
      if (entitlement) {
        this.#ending.set(entitlement, ended);
      }
      await ended;
      if (entitlement && this.#ending.get(entitlement) === ended) {
        this.#ending.delete(entitlement);
      }
    }
  }
}
