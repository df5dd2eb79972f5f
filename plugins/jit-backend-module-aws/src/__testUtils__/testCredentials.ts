import { AwsCredentialsManager } from '@backstage/integration-aws-node';

/** What the provider of these tests authenticates with. */
export const SECRET_KEY = 'wJalrXUtnFEMI-only-for-tests';

/** As the config's `aws.accounts` would give it, for any account. */
export const testCredentials: AwsCredentialsManager = {
  async getCredentialProvider(options) {
    return {
      accountId: options?.accountId,
      sdkCredentialProvider: async () => ({
        accessKeyId: 'AKIAONLYFORTESTS',
        secretAccessKey: SECRET_KEY,
      }),
    };
  },
};
