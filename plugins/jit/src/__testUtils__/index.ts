export * from './FakeJit';
export * from './aLease';
export * from './aRequest';
export * from './offers';
export * from './refused';
