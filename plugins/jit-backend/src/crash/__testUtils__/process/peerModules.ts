import { BackendFeature } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';

// Not `import()`: of a source that is no ES module, that finds no names.
const MODULES: Record<string, () => { default: BackendFeature }> = {
  okta: () => require('@backstage-jit/plugin-jit-backend-module-okta'),
  aws: () => require('@backstage-jit/plugin-jit-backend-module-aws'),
  scaffolder: () =>
    require('@backstage-jit/plugin-jit-backend-module-scaffolder'),
};

/** The modules of Okta, AWS and the scaffolder where there are connections to them; the clients of AWS alone take longer to load than all else that starts. */
export function peerModules(config: ConfigReader): BackendFeature[] {
  return Object.entries(MODULES)
    .filter(([name]) => config.has(`jit.connections.${name}`))
    .map(([, load]) => load().default);
}
