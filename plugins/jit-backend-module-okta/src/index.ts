/**
 * Timed Okta group memberships for the jit backend.
 *
 * @packageDocumentation
 */
export { jitModuleOkta as default } from './module';
