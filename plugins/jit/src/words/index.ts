export * from './describeEnvironment';
export * from './describeEvent';
export * from './describeLease';
export * from './describeProblem';
export * from './leasePhase';
export * from './nameOf';
export * from './statusOf';
export * from './rightsOn';
