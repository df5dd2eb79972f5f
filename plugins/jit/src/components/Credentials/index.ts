export * from './CredentialsPanel';
export * from './useCredentials';
