export * from './outside';
export * from './provider';
export * from './server';
export { createFakeConformanceHarness } from './createFakeConformanceHarness';
export type {
  FakeConformanceHarness,
  FakeConformanceHarnessOptions,
} from './createFakeConformanceHarness';
