export { inTurns } from './inTurns';
export { Storm } from './Storm';
export type { StormLease } from './Storm';
export { StormFaults } from './StormFaults';
