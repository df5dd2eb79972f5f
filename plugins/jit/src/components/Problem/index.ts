export * from './Problem';
export * from './shareProblem';
