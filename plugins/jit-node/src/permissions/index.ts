export * from './leaseResource';
export * from './leaseRules';
