export * from './ExtensionStanding';
export * from './LeaseRow';
export * from './LeaseStanding';
export { isUpToPeople } from './RequestStanding';
export * from './stepOf';
