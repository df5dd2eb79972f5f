export * from './answers';
export * from './context';
export * from './handle';
export * from './JitProvider';
