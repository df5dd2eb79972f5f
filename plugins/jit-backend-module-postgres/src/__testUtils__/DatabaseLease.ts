import {
  OwnershipMark,
  Progress,
  ProviderConnection,
} from '@backstage-jit/plugin-jit-node';
import {
  createLeaseContext,
  driveToDone,
} from '@backstage-jit/plugin-jit-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { PostgresConnection } from '../connection/connectionSchema';
import { SessionFactory } from '../connection/openSession';
import { DatabaseParams } from '../database/paramsSchema';
import { PostgresDatabaseProvider } from '../database/PostgresDatabaseProvider';
import { DatabaseHandle, DatabaseLeaseContext } from '../database/types';
import { DatabaseStage } from './DatabaseStage';
import { Login, loginOf } from './PostgresStage';

export interface DatabaseLeaseOptions {
  stage: DatabaseStage;
  params?: DatabaseParams;
  connection?: PostgresConnection;
  openSession?: SessionFactory;
  mark?: OwnershipMark;
  leaseId?: string;
  externalName?: string;
}

/** One lease, driven through the provider as the engine does: the handle of each step is kept for the next. */
export class DatabaseLease {
  readonly provider: PostgresDatabaseProvider;
  handle: DatabaseHandle | undefined;
  readonly #stage: DatabaseStage;
  readonly #base: DatabaseLeaseContext;

  constructor(options: DatabaseLeaseOptions) {
    const { stage } = options;
    this.#stage = stage;
    this.provider = PostgresDatabaseProvider.create({
      openSession: options.openSession,
    });
    const connection: ProviderConnection<PostgresConnection> = {
      name: 'orders',
      config: options.connection ?? stage.connection(),
    };
    this.#base = createLeaseContext<
      DatabaseParams,
      DatabaseHandle,
      PostgresConnection
    >({
      params: options.params ?? {},
      connection,
      mark: options.mark,
      externalName: options.externalName,
      ...(options.leaseId !== undefined && { lease: { id: options.leaseId } }),
    });
  }

  get name(): string {
    return this.#base.externalName;
  }

  context(overrides?: Partial<DatabaseLeaseContext>): DatabaseLeaseContext {
    return {
      ...this.#base,
      deadline: performance.now() + 60_000,
      handle: this.handle,
      ...overrides,
    };
  }

  async grant(
    overrides?: Partial<DatabaseLeaseContext>,
  ): Promise<Progress<DatabaseHandle>> {
    return (await this.#drive('grant', overrides)).at(-1)!;
  }

  /** @returns what it did beyond the plain case */
  async revoke(overrides?: Partial<DatabaseLeaseContext>): Promise<string[]> {
    const answers = await this.#drive('revoke', overrides);
    return answers.flatMap(answer => answer.report ?? []);
  }

  /** @returns what it did beyond the plain case */
  async keep(): Promise<string[]> {
    const answers = await this.#drive('keep');
    return answers.flatMap(answer => answer.report ?? []);
  }

  inspect(overrides?: Partial<DatabaseLeaseContext>) {
    return this.provider.inspect(this.context(overrides));
  }

  async credentials(): Promise<Login> {
    return loginOf(await this.provider.issueCredentials(this.context()));
  }

  /** A session of the holder, with fresh credentials. */
  async holder(): Promise<Client> {
    return await this.#stage.server.login(await this.credentials());
  }

  async #drive(
    operation: 'grant' | 'keep' | 'revoke',
    overrides?: Partial<DatabaseLeaseContext>,
  ): Promise<Progress<DatabaseHandle>[]> {
    return await driveToDone<DatabaseHandle>({
      handle: overrides && 'handle' in overrides ? undefined : this.handle,
      step: handle =>
        this.provider[operation](this.context({ ...overrides, handle })),
      wait: () => sleep(20),
      onCommit: handle => {
        this.handle = handle;
      },
    });
  }
}
