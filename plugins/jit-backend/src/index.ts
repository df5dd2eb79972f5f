/**
 * Holds leases, grants them, and revokes them on time.
 *
 * @packageDocumentation
 */
export { jitPlugin as default } from './plugin';
