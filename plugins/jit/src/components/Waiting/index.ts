export * from './Waiting';
