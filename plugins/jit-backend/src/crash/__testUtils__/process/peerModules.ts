import { BackendFeature } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';

// Not `import()`: of a source that is no ES module, that finds no names.
const MODULES: Record<string, () => { default: BackendFeature }> = {
  okta: () => require('@backstage-jit/plugin-jit-backend-module-okta'),
  aws: () => require('@backstage-jit/plugin-jit-backend-module-aws'),
};

/** The modules of Okta and AWS where there are connections to them; the clients of AWS alone take longer to load than all else that starts. */
export function peerModules(config: ConfigReader): BackendFeature[] {
  return Object.entries(MODULES)
    .filter(([name]) => config.has(`jit.connections.${name}`))
    .map(([, load]) => load().default);
}
