export * from './EmptyHint';
