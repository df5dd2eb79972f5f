export * from './RequestDialog';
export { newDraft } from './RequestDraft';
export { toCreateRequest } from './toCreateRequest';
