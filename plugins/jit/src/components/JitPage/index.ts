export * from './JitPage';
export * from './JitPageContent';
