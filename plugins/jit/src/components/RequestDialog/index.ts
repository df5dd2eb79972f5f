export * from './Askable';
export * from './RequestDialog';
export { newDraft } from './RequestDraft';
export { toCreateRequest } from './toCreateRequest';
