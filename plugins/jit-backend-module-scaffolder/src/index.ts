/**
 * Leases that end by running a scaffolder template, and leases that end with the task that asked for them.
 *
 * @packageDocumentation
 */
export { jitModuleScaffolder as default } from './module';
