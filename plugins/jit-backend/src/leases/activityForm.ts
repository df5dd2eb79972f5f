import { CredentialForm } from '@backstage-jit/plugin-jit-common';

/** How a job that is busy though quiet says so: one line for its script. */
export function activityForm(options: {
  /** Of the plugin. */
  baseUrl: string;
  leaseId: string;
  token: string;
}): CredentialForm {
  const { baseUrl, leaseId, token } = options;
  const url = `${baseUrl}/v1/leases/${leaseId}/activity`;
  return {
    id: 'activity',
    title: 'Say that it is in use',
    value: `curl --fail --silent --show-error --request POST --header ${quoted(
      `Authorization: Bearer ${token}`,
    )} ${quoted(url)}`,
    language: 'shell',
  };
}

/** One word for a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
