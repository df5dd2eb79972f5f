export * from './Listing';
