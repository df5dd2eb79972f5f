export * from './Trail';
