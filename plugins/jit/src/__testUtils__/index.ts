export * from './FakeJit';
export * from './aLease';
export * from './aRequest';
export * from './identityOf';
export * from './offers';
export * from './refused';
