export * from './LeaseDrawer';
