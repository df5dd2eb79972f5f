export * from './EnvironmentDetails';
