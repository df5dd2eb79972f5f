export { createFakeProvider } from './createFakeProvider';
export type { FakeProviderOptions } from './createFakeProvider';
export {
  createFakeProviderModule,
  createFakeProviders,
} from './createFakeProviderModule';
export type { FakeNatureName } from './FakeNature';
export type { FakeConnection, FakeHandle, FakeParams } from './fakeSchemas';
