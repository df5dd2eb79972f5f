export * from './ActionDialog';
export * from './ReasonDialog';
