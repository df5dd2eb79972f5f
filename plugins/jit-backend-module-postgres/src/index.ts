/**
 * Timed PostgreSQL roles and databases for the jit backend.
 *
 * @packageDocumentation
 */
export { jitModulePostgres as default } from './module';
