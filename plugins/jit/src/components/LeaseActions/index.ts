export * from './LeaseActions';
export * from './useLeaseActions';
