import { createLeaseContext } from '@backstage-jit/plugin-jit-test-utils';
import {
  OwnershipMark,
  Progress,
  ProviderConnection,
} from '@backstage-jit/plugin-jit-node';
import { Client } from 'pg';
import { PostgresConnection } from '../connection/connectionSchema';
import { SessionFactory } from '../connection/openSession';
import { RoleParams } from '../provider/paramsSchema';
import { PostgresRoleProvider } from '../provider/PostgresRoleProvider';
import { RoleHandle, RoleLeaseContext } from '../provider/types';
import { Login, loginOf, PostgresStage } from './PostgresStage';

export interface RoleLeaseOptions {
  stage: PostgresStage;
  params?: Partial<RoleParams>;
  connection?: PostgresConnection;
  openSession?: SessionFactory;
  mark?: OwnershipMark;
  leaseId?: string;
  externalName?: string;
}

/** One lease, driven through the provider as the engine does: the handle of each step is kept for the next. */
export class RoleLease {
  readonly provider: PostgresRoleProvider;
  handle: RoleHandle | undefined;
  readonly #stage: PostgresStage;
  readonly #base: RoleLeaseContext;

  constructor(options: RoleLeaseOptions) {
    const { stage } = options;
    this.#stage = stage;
    this.provider = PostgresRoleProvider.create({
      openSession: options.openSession,
    });
    const connection: ProviderConnection<PostgresConnection> = {
      name: 'orders',
      config: options.connection ?? stage.connection(),
    };
    this.#base = createLeaseContext<RoleParams, RoleHandle, PostgresConnection>(
      {
        params: { memberOf: [stage.readwriteRole], ...options.params },
        connection,
        mark: options.mark,
        externalName: options.externalName,
        ...(options.leaseId !== undefined && {
          lease: { id: options.leaseId },
        }),
      },
    );
  }

  get name(): string {
    return this.#base.externalName;
  }

  context(overrides?: Partial<RoleLeaseContext>): RoleLeaseContext {
    return {
      ...this.#base,
      deadline: performance.now() + 60_000,
      handle: this.handle,
      ...overrides,
    };
  }

  async grant(overrides?: Partial<RoleLeaseContext>): Promise<void> {
    const progress = await this.provider.grant(this.context(overrides));
    this.handle = progress.handle;
  }

  /** Calls until it is done. */
  async revoke(overrides?: Partial<RoleLeaseContext>): Promise<string[]> {
    const report: string[] = [];
    for (let steps = 0; steps < 50; steps++) {
      const progress: Progress<RoleHandle> = await this.provider.revoke(
        this.context(overrides),
      );
      report.push(...(progress.report ?? []));
      this.handle = progress.handle ?? this.handle;
      if (progress.done) {
        return report;
      }
    }
    throw new Error('The revocation is never done');
  }

  inspect(overrides?: Partial<RoleLeaseContext>) {
    return this.provider.inspect(this.context(overrides));
  }

  async credentials(): Promise<Login> {
    return loginOf(await this.provider.issueCredentials(this.context()));
  }

  /** A session of the holder, with fresh credentials. */
  async holder(database?: string): Promise<Client> {
    const login = await this.credentials();
    return await this.#stage.login({
      ...login,
      database: database ?? login.database,
    });
  }
}
