export * from './LeaseList';
