export { systemClock } from './Clock';
export type { Clock } from './Clock';
export { TestClock } from './TestClock';
