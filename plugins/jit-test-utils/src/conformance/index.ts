export { CONFORMANCE_CASES } from './cases';
export type {
  Applicability,
  ConformanceCase,
  ConformanceSubject,
} from './ConformanceCase';
export { ConformanceEnv } from './ConformanceEnv';
export { isApplicable } from './ConformanceHarness';
export type {
  Ability,
  ConformanceHarness,
  ConformanceSession,
  ConformanceThing,
  NotApplicable,
  OutsideState,
  Toggle,
} from './ConformanceHarness';
export { ConformanceRecord } from './ConformanceRecord';
export { describeProviderConformance } from './describeProviderConformance';
export { driveToDone } from './driveToDone';
export type { DriveOptions } from './driveToDone';
export { ExchangeTap } from './ExchangeTap';
export type { TapRunOptions } from './ExchangeTap';
export { failureOf } from './failureOf';
export { listConformanceTests } from './listConformanceTests';
export type { ProviderConformanceOptions } from './listConformanceTests';
export { runConformanceCase } from './runConformanceCase';
export { CrashedError } from './CrashedError';
export { ThingDriver } from './ThingDriver';
export type { CallOptions, ThingOptions } from './ThingDriver';
export type { HeldExchange, TransportFaults } from './TransportFaults';
