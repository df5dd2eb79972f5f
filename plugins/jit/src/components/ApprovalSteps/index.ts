export * from './ApprovalSteps';
export * from './RequestSteps';
