import { z } from 'zod';
import { policyInstant } from '../denial/Denial';

/** What STS takes of a session policy, in characters. What it packs it into may be full before. */
const LONGEST = 2_048;

const text = z.string().min(1);
const texts = z.union([text, z.array(text).min(1)]);

const statement = z
  .strictObject(
    {
      Sid: z
        .string()
        .regex(/^[A-Za-z0-9]+$/)
        .optional(),
      Effect: z.enum(['Allow', 'Deny']),
      Action: texts.optional(),
      NotAction: texts.optional(),
      Resource: texts.optional(),
      NotResource: texts.optional(),
      Condition: z
        .record(z.string(), z.record(z.string(), z.unknown()))
        .optional(),
    },
    {
      error: issue =>
        issue.code === 'unrecognized_keys'
          ? `cannot have ${issue.keys.join(
              ', ',
            )}: it narrows what the role may, and gives nothing to anybody`
          : undefined,
    },
  )
  .superRefine((one, ctx) => {
    const problem = (message: string) =>
      ctx.addIssue({ code: 'custom', message });
    if ((one.Action === undefined) === (one.NotAction === undefined)) {
      problem('must have one of Action and NotAction');
    }
    if ((one.Resource === undefined) === (one.NotResource === undefined)) {
      problem('must have one of Resource and NotResource');
    }
    if (one.Effect === 'Deny') {
      return;
    }
    if (one.NotAction !== undefined || one.NotResource !== undefined) {
      problem(
        'would allow everything but what it names: say what is allowed, by Action and Resource',
      );
    } else if (
      !one.Condition &&
      [one.Action, one.Resource].every(value => [value].flat().includes('*'))
    ) {
      problem(
        'allows everything, which narrows nothing: name actions or resources, or leave the session policy out',
      );
    }
  });

/** The part of the policy language that a session policy may use: it narrows what the role may, and gives nothing to anybody. */
const policySchema = z.strictObject({
  Version: z.literal('2012-10-17').optional(),
  Id: z.string().optional(),
  Statement: z.preprocess(
    value => (Array.isArray(value) ? value : [value]),
    z.array(statement).min(1),
  ),
});

type Policy = z.infer<typeof policySchema>;

export interface SessionPolicyOptions {
  /** As the profile has it. */
  sessionPolicy?: string | object;
  mayAssumeRoles?: boolean;
}

function parsed(
  policy: string | object,
): { value: unknown } | { problem: string } {
  if (typeof policy !== 'string') {
    return { value: policy };
  }
  try {
    return { value: JSON.parse(policy) };
  } catch {
    return { problem: 'is not JSON' };
  }
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}

const EVERYTHING: Policy['Statement'][number] = {
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
};

/**
 * The policy of one session. Whatever the profile's says, nothing is allowed from the end of the lease on. Keys that the holder could get with these
 * for themselves would know of no end, so that is refused, too.
 */
export function buildSessionPolicy(
  options: SessionPolicyOptions & {
    /** Epoch milliseconds. */
    end: number;
  },
): string {
  const { sessionPolicy, mayAssumeRoles, end } = options;
  const given = sessionPolicy && parsed(sessionPolicy);
  const own: Policy['Statement'] =
    given && 'value' in given
      ? policySchema.parse(given.value).Statement
      : [EVERYTHING];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ...own,
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: {
          DateGreaterThanEquals: { 'aws:CurrentTime': policyInstant(end) },
        },
      },
      ...(mayAssumeRoles
        ? []
        : [{ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' }]),
    ],
  });
}

/** Why the session policy cannot be used, in words. */
export function sessionPolicyProblems(options: SessionPolicyOptions): string[] {
  const { sessionPolicy } = options;
  if (sessionPolicy === undefined) {
    return [];
  }
  const given = parsed(sessionPolicy);
  if ('problem' in given) {
    return [given.problem];
  }
  const checked = policySchema.safeParse(given.value);
  if (!checked.success) {
    return checked.error.issues.map(issueText);
  }
  const { length } = buildSessionPolicy({ ...options, end: 0 });
  return length > LONGEST
    ? [
        `is too long: with what ends it, it has ${length} characters, and STS takes ${LONGEST}`,
      ]
    : [];
}
