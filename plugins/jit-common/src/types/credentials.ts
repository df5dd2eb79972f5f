/**
 * Credentials as the holder sees them once. Never stored, never logged.
 *
 * @public
 */
export interface IssuedCredentials {
  /** When they stop to work at the latest, ISO 8601. */
  expiresAt?: string;
  /** Named forms people paste: a URL, a command line, environment variables. */
  forms: CredentialForm[];
}

/** @public */
export interface CredentialForm {
  id: string;
  title: string;
  /** The text to copy. */
  value: string;
  language?: 'shell' | 'ini' | 'yaml' | 'json' | 'text';
}
