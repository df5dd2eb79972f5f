export * from './EntityName';
