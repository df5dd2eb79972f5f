import { ConformanceCase } from '../ConformanceCase';

/**
 * Every case of the kit, in the order in which they run.
 *
 * @public
 */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [];
