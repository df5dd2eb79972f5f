import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { ProviderConnection } from '@backstage-jit/plugin-jit-node';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AnswerDates } from './answerDates';
import { AwsConnection } from './connectionSchema';

/** What the SDK sends its requests by. */
export type RequestHandler = Pick<NodeHttpHandler, 'handle'>;

/** The clients of one connection. */
export interface AwsClientPair {
  iam: IAMClient;
  sts: STSClient;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** SDK clients by connection, over the credentials that the `aws` section of the config gives. */
export class AwsClients {
  /** When each answer was given. */
  readonly dates = new AnswerDates();
  readonly #credentials: AwsCredentialsManager;
  readonly #handler: RequestHandler;
  readonly #known = new Map<string, Promise<AwsClientPair>>();

  constructor(options: {
    credentials: AwsCredentialsManager;
    handler?: RequestHandler;
  }) {
    this.#credentials = options.credentials;
    this.#handler =
      options.handler ??
      new NodeHttpHandler({ connectionTimeout: CONNECT_TIMEOUT_MS });
  }

  /** @throws whatever the credentials manager throws when it has none for the account */
  of(connection: ProviderConnection<AwsConnection>): Promise<AwsClientPair> {
    const key = JSON.stringify([connection.name, connection.config]);
    const known = this.#known.get(key);
    if (known) {
      return known;
    }
    const made = this.#make(connection.config);
    this.#known.set(key, made);
    made.catch(() => this.#known.delete(key));
    return made;
  }

  async #make(config: AwsConnection): Promise<AwsClientPair> {
    const { accountId, region, iamEndpoint, stsEndpoint } = config;
    const { sdkCredentialProvider } =
      await this.#credentials.getCredentialProvider({ accountId });
    const shared = {
      region,
      credentials: sdkCredentialProvider,
      // A call that failed is the engine's to make again: it knows the deadline, and what may be made twice.
      maxAttempts: 1,
      requestHandler: this.#handler,
    };
    const iam = new IAMClient({ ...shared, endpoint: iamEndpoint });
    const sts = new STSClient({ ...shared, endpoint: stsEndpoint });
    this.dates.watch(iam.middlewareStack);
    this.dates.watch(sts.middlewareStack);
    return { iam, sts };
  }
}
