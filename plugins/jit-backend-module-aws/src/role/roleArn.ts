const ROLE =
  /^arn:(aws|aws-[a-z-]+):iam::(\d{12}):role\/((?:[\x21-\x7e]+\/)?)([\w+=,.@-]{1,64})$/;

/** What the ARN of a role says. */
export interface RoleArn {
  partition: string;
  accountId: string;
  /** Begins and ends with `/`. */
  path: string;
  name: string;
}

/** @returns undefined when it is not the ARN of one role */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const [, partition, accountId, path, name] = ROLE.exec(arn) ?? [];
  return name === undefined || arn.includes('*')
    ? undefined
    : { partition, accountId, path: `/${path}`, name };
}

/** A role's ARN, or a pattern of them: with `*` for any characters of one segment, after `role/` only. */
const PATTERN = /^arn:(?:aws|aws-[a-z-]+):iam::(\d{12}):role\/[\w+=,.@*/-]+$/;

/** @returns the account that a pattern is about, or undefined when it is none */
export function accountOfPattern(pattern: string): string | undefined {
  return PATTERN.exec(pattern)?.[1];
}

/** Whether the ARN is what the pattern means, from its first to its last character. */
export function matchesPattern(arn: string, pattern: string): boolean {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`^${source}$`).test(arn);
}

/** Paths of roles that belong to AWS: of Identity Center, and of its services. */
const KEPT_BY_AWS = ['/aws-reserved/', '/aws-service-role/'];

/** Whether nobody but AWS can change the role. */
export function isKeptByAws(arn: string): boolean {
  const path = parseRoleArn(arn)?.path ?? '/';
  return KEPT_BY_AWS.some(prefix => path.startsWith(prefix));
}
