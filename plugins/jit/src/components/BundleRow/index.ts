export * from './BundleRow';
