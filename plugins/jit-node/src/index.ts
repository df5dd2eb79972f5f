/**
 * The provider contract and extension points of the jit backend.
 *
 * @packageDocumentation
 */
export * from './contextSource';
export * from './errors';
export * from './extensions';
export type { JitService, JitServiceOptions } from './JitService';
export * from './origin';
export * from './permissions';
export * from './provider';
export * from './service';
export * from './trustedLocations';
