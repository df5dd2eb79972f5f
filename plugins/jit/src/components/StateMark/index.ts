export * from './StateMark';
