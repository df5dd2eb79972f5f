export * from './OnlyHeard';
