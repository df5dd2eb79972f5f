export * from './LeaseRow';
export * from './LeaseStanding';
export * from './stepOf';
