export * from './FakeJit';
export * from './aLease';
export * from './offers';
export * from './refused';
