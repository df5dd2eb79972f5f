export * from './LeaseChanges';
export * from './LivePoller';
export * from './answerInTime';
