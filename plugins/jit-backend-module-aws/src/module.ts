import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { jitProvidersExtensionPoint } from '@backstage-jit/plugin-jit-node';
import { AwsStsProvider } from './provider/AwsStsProvider';

/**
 * Adds the provider `aws.sts` to the jit backend.
 *
 * @public
 */
export const jitModuleAws = createBackendModule({
  pluginId: 'jit',
  moduleId: 'aws',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: jitProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        providers.addProvider(
          AwsStsProvider.create({
            credentials: DefaultAwsCredentialsManager.fromConfig(config),
          }),
        );
      },
    });
  },
});
