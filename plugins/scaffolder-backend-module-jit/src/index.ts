/**
 * Scaffolder actions that ask for leases, wait for them and end them.
 *
 * @packageDocumentation
 */
export { scaffolderModuleJit as default } from './module';
