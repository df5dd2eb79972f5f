export * from './AccessTab';
