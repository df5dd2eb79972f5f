/**
 * Types, permissions and the API client that the jit plugins share.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './permissions';
export * from './client';
export * from './environments';
export * from './leaseLink';
