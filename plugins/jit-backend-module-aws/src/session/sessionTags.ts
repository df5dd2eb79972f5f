import { Tag } from '@aws-sdk/client-sts';
import { ProviderLease } from '@backstage-jit/plugin-jit-node';

const LONGEST = 256;

function tagValue(text: string): string {
  return text.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, LONGEST);
}

/** What policies and CloudTrail see of a session besides its name. What AWS does not take in tags becomes `_`. */
export function sessionTags(
  lease: ProviderLease,
  tags: Record<string, string> = {},
): Tag[] {
  return [
    { Key: 'jit:lease', Value: tagValue(lease.id) },
    { Key: 'jit:subject', Value: tagValue(lease.subject) },
    ...Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  ];
}
