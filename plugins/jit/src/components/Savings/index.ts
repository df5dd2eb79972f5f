export * from './Savings';
export * from './totalsOf';
