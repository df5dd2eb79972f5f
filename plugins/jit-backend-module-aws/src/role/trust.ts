import { z } from 'zod';

/** Who we are to AWS, by GetCallerIdentity. */
export interface Caller {
  accountId: string;
  arn: string;
  /** `AIDA…`, or `AROA…:session`. */
  userId: string;
}

const texts = z
  .union([z.string(), z.array(z.string())])
  .transform(value => [value].flat());

const statement = z.object({
  Effect: z.string(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Principal: z
    .union([z.string(), z.object({ AWS: texts.optional() })])
    .optional(),
  NotPrincipal: z.unknown().optional(),
});

const trustSchema = z.object({
  Statement: z
    .unknown()
    .transform(value => [value].flat())
    .pipe(z.array(statement)),
});

type Statement = z.infer<typeof statement>;

/** What keys of ours need of a role's trust policy. */
const NEEDED = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

/** Every way in which a trust policy can name us. */
function namesOf({ accountId, arn, userId }: Caller): Set<string> {
  const names = new Set(['*', accountId, arn, userId, userId.split(':')[0]]);
  names.add(arn.replace(/^(arn:[^:]+):.*$/, `$1:iam::${accountId}:root`));
  return names;
}

/** The role behind a session of ours: STS does not say its path. */
function roleNameOf({ arn }: Caller): string | undefined {
  return /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
}

function mayNameUs({ Principal, NotPrincipal }: Statement, caller: Caller) {
  if (NotPrincipal !== undefined || Principal === '*') {
    return true;
  }
  const named = typeof Principal === 'object' ? Principal.AWS ?? [] : [];
  const names = namesOf(caller);
  const role = roleNameOf(caller);
  return named.some(
    one =>
      names.has(one) ||
      (role !== undefined &&
        one.includes(`::${caller.accountId}:role/`) &&
        one.endsWith(`/${role}`)),
  );
}

function mayMean(action: string, { Action, NotAction }: Statement): boolean {
  if (NotAction) {
    return true;
  }
  return (Action ?? []).some(pattern => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    return new RegExp(`^${source}$`, 'i').test(action);
  });
}

/**
 * The rights that the role's trust policy gives us in no case, whatever its conditions. Empty when it may give them all: whether it does shows
 * when keys are asked for.
 */
export function missingTrust(trustPolicy: unknown, caller: Caller): string[] {
  const parsed = trustSchema.safeParse(trustPolicy);
  if (!parsed.success) {
    // Not of a form that we know: nothing is sure to be missing.
    return [];
  }
  const ours = parsed.data.Statement.filter(
    each => each.Effect === 'Allow' && mayNameUs(each, caller),
  );
  return NEEDED.filter(action => !ours.some(each => mayMean(action, each)));
}
