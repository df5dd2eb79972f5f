export * from './Approvals';
