export { createLifeConfig, LIFE_PROFILE } from './createLifeConfig';
export { createLifeEntities, LIFE_ORIGIN } from './createLifeEntities';
export { createLifeModule } from './createLifeModule';
export { hurry } from './hurry';
export { ProviderLife } from './ProviderLife';
