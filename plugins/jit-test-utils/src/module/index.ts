export { createProviderCollector } from './createProviderCollector';
