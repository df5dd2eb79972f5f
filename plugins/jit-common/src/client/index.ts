export * from './JitApi';
export * from './JitClient';
