export * from './PresenceList';
export * from './WhoIsInCard';
