export * from './EngineSettings';
export * from './JitConfig';
export { readJitConfig } from './readJitConfig';
export { configError, formatPath } from './configProblems';
export type { ConfigProblem } from './configProblems';
