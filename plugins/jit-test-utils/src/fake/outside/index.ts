export type { FakeCall, FakeCallStart } from './CallLog';
export type {
  FakeActivity,
  FakeExchange,
  FakeExchanges,
  FakeRemoval,
  FakeRequest,
  FakeRequestState,
  FakeSession,
  FakeThing,
  FakeVerb,
} from './exchanges';
export type { FakeEffect, FakeOutside, InSystem } from './FakeOutside';
export { FakeOutsideError } from './FakeOutsideError';
export type { FakeFailure } from './FakeOutsideError';
export type {
  FakeCondition,
  FakeFault,
  FakeFaultRule,
  FakeFaultSchedule,
} from './faults';
export { FakeWorld } from './FakeWorld';
export { seededRandom } from './seededRandom';
