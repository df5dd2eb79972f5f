/**
 * Timed PostgreSQL roles for the jit backend.
 *
 * @packageDocumentation
 */
export { jitModulePostgres as default } from './module';
