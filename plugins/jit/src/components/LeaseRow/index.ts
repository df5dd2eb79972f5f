export * from './LeaseRow';
export * from './LeaseStanding';
