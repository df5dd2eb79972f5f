export * from './ApprovalForecast';
export * from './Askable';
export * from './BreakGlassButton';
export * from './canBreakGlass';
export * from './RequestDialog';
export { newDraft } from './RequestDraft';
export { toCreateRequest } from './toCreateRequest';
