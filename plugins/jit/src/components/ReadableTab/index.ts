export * from './ReadableTab';
