export * from './LeaseEntries';
