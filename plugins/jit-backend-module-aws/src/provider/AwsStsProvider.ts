import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import {
  Health,
  Inspection,
  JitProvider,
  Plan,
  Progress,
} from '@backstage-jit/plugin-jit-node';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { HumanDuration } from '@backstage/types';
import { AwsClients, RequestHandler } from '../connection/AwsClients';
import {
  AwsConnection,
  awsConnectionSchema,
} from '../connection/connectionSchema';
import { Fetch } from '../credentials/signInLink';
import { grant } from './grant';
import { health } from './health';
import { identity } from './identity';
import { inspect } from './inspect';
import { intendCredentials } from './intendCredentials';
import { issueCredentials } from './issueCredentials';
import { StsParams, stsParamsSchema } from './paramsSchema';
import { plan } from './plan';
import { refusedByCeiling } from './refusedByCeiling';
import { revoke } from './revoke';
import { tidy } from './tidy';
import { StsConnectionContext, StsHandle, StsLeaseContext } from './types';

/** `aws.sts`: keys of one role, made when they are asked for, that end with the lease. */
export class AwsStsProvider
  implements JitProvider<StsParams, StsHandle, AwsConnection>
{
  readonly id = 'aws.sts';
  readonly kind = 'access';
  readonly connectionType = 'aws';
  readonly connectionSchema = awsConnectionSchema;
  readonly paramsSchema = stsParamsSchema;
  readonly supports = {
    idle: false,
    extend: true,
    sessions: true,
    price: false,
  };
  /** IAM shows and heeds a change within seconds; and a request that timed out here is worked off there within seconds, too. */
  readonly settle: HumanDuration = { seconds: 30 };
  readonly callTimeout: HumanDuration = { seconds: 20 };
  readonly refusedByCeiling = refusedByCeiling;
  readonly intendCredentials = intendCredentials;

  readonly #clients: AwsClients;
  readonly #fetch: Fetch;

  private constructor(options: { clients: AwsClients; fetch: Fetch }) {
    this.#clients = options.clients;
    this.#fetch = options.fetch;
  }

  static create(options: {
    credentials: AwsCredentialsManager;
    /** For tests that come between the provider and AWS. */
    handler?: RequestHandler;
    /** The same, for the federation endpoint. */
    fetch?: Fetch;
  }): AwsStsProvider {
    return new AwsStsProvider({
      clients: new AwsClients(options),
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    });
  }

  identity(ctx: StsConnectionContext): Promise<string> {
    return identity(this.#call(ctx));
  }

  plan(ctx: StsLeaseContext): Promise<Plan> {
    return plan(this.#call(ctx));
  }

  grant(ctx: StsLeaseContext): Promise<Progress<StsHandle>> {
    return grant(this.#call(ctx));
  }

  inspect(ctx: StsLeaseContext): Promise<Inspection> {
    return inspect(this.#call(ctx));
  }

  revoke(ctx: StsLeaseContext): Promise<Progress<StsHandle>> {
    return revoke(this.#call(ctx));
  }

  issueCredentials(ctx: StsLeaseContext): Promise<IssuedCredentials> {
    return issueCredentials({ ...this.#call(ctx), fetch: this.#fetch });
  }

  tidy(ctx: StsConnectionContext): Promise<void> {
    return tidy(this.#call(ctx));
  }

  health(ctx: StsConnectionContext): Promise<Health> {
    return health(this.#call(ctx));
  }

  #call<TContext>(ctx: TContext): { ctx: TContext; clients: AwsClients } {
    return { ctx, clients: this.#clients };
  }
}
