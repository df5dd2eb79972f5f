export * from './Field';
export * from './ReasonField';
