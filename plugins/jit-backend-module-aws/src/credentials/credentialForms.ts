import { CredentialForm } from '@backstage-jit/plugin-jit-common';
import { SessionKeys } from '../session/assumeRole';

export interface KeyFacts extends SessionKeys {
  region: string;
  /** What the section of the profile file is named after. */
  profile: string;
  signInLink?: string;
}

/** One word of a shell, whatever is in it. */
function shellWord(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

function environment(keys: KeyFacts): string {
  const variables = {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken,
    AWS_REGION: keys.region,
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shellWord(value)}`)
    .join('\n');
}

function profileFile(keys: KeyFacts): string {
  return [
    `[jit-${keys.profile.replace(/[^\w-]/g, '-')}]`,
    `aws_access_key_id = ${keys.accessKeyId}`,
    `aws_secret_access_key = ${keys.secretAccessKey}`,
    `aws_session_token = ${keys.sessionToken}`,
    `region = ${keys.region}`,
  ].join('\n');
}

/** What a `credential_process` of the SDKs prints. */
function processOutput(keys: KeyFacts): string {
  return JSON.stringify(
    {
      Version: 1,
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
      Expiration: new Date(keys.expiresAt).toISOString(),
    },
    undefined,
    2,
  );
}

/** The forms people paste, each whole. */
export function credentialForms(keys: KeyFacts): CredentialForm[] {
  const forms: CredentialForm[] = [
    {
      id: 'env',
      title: 'Environment variables',
      value: environment(keys),
      language: 'shell',
    },
    {
      id: 'profile',
      title: 'Profile (~/.aws/credentials)',
      value: profileFile(keys),
      language: 'ini',
    },
    {
      id: 'process',
      title: 'credential_process',
      value: processOutput(keys),
      language: 'json',
    },
  ];
  if (keys.signInLink !== undefined) {
    forms.push({
      id: 'console',
      title: 'Console sign-in',
      value: keys.signInLink,
      language: 'text',
    });
  }
  return forms;
}
