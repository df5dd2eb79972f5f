/**
 * AWS STS as a provider of timed keys for the jit backend.
 *
 * @packageDocumentation
 */
export { jitModuleAws as default } from './module';
