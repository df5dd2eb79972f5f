export * from './Announcer';
