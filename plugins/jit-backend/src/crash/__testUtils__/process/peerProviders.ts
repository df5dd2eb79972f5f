/* eslint-disable @backstage/no-relative-monorepo-imports -- the providers themselves, to shorten the waits that stand for what their emulators do not have */
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { hurry } from '@backstage-jit/plugin-jit-test-utils';
import { testCredentials } from '../../../../../jit-backend-module-aws/src/__testUtils__/testCredentials';
import { AwsStsProvider } from '../../../../../jit-backend-module-aws/src/provider/AwsStsProvider';
import { OktaGroupProvider } from '../../../../../jit-backend-module-okta/src/provider/OktaGroupProvider';

/** What works on the emulators of Okta and AWS. */
export function createPeerProviders(): JitProvider[] {
  return [
    OktaGroupProvider.create(),
    AwsStsProvider.create({ credentials: testCredentials }),
  ].map(provider => hurry(provider, {}));
}
