import { z } from 'zod';
import {
  formatDuration,
  LONGEST_DURATION_MS,
  parseDuration,
} from '../policy/duration';
import { kindOf, normaliseEntityRef } from '../policy/entityRefs';
import { readAmount } from '../policy/money';
import { patternProblem } from '../policy/patterns';
import { isStorableText } from '../policy/text';

/** A check in words. Config that comes from the environment is all strings, so numbers and flags are read from those too. */
function scalar<T>(
  read: (value: unknown) => { value: T } | { problem: string },
) {
  return z.unknown().transform((value, ctx): T => {
    const outcome =
      value === undefined ? { problem: 'is required' } : read(value);
    if ('problem' in outcome) {
      ctx.addIssue({ code: 'custom', message: outcome.problem });
      return z.NEVER;
    }
    return outcome.value;
  });
}

/** A human or ISO duration in a range, as milliseconds. */
export function durationWithin(options: { minimum?: number; maximum: number }) {
  const { minimum, maximum } = options;
  return scalar<number>(value => {
    const milliseconds = parseDuration(value);
    if (milliseconds === undefined) {
      return {
        problem:
          'is not a duration such as 30m, PT30M or { minutes: 30 }, with a unit',
      };
    }
    if (milliseconds <= 0) {
      return { problem: 'must be more than zero' };
    }
    if (minimum !== undefined && milliseconds < minimum) {
      return { problem: `is shorter than ${formatDuration(minimum)}` };
    }
    if (milliseconds > maximum) {
      return { problem: `is longer than ${formatDuration(maximum)}` };
    }
    return { value: milliseconds };
  });
}

/** A human or ISO duration above zero, as milliseconds. */
export const duration = durationWithin({ maximum: LONGEST_DURATION_MS });

/** The same, or `false` for none at all: 0. */
export const durationOrNever = z.unknown().transform((value, ctx): number => {
  if (value === false || value === 'false') {
    return 0;
  }
  const read = duration.safeParse(value);
  if (read.success) {
    return read.data;
  }
  for (const { message } of read.error.issues) {
    ctx.addIssue({ code: 'custom', message: `${message}, or false` });
  }
  return z.NEVER;
});

/** A whole number in a range. */
export function wholeNumber(options: { minimum: number; maximum: number }) {
  const { minimum, maximum } = options;
  return scalar<number>(value => {
    const number =
      typeof value === 'string' && /^\d{1,15}$/.test(value)
        ? Number(value)
        : value;
    return typeof number === 'number' &&
      Number.isInteger(number) &&
      number >= minimum &&
      number <= maximum
      ? { value: number }
      : { problem: `must be a whole number from ${minimum} to ${maximum}` };
  });
}

export const flag = scalar<boolean>(value => {
  if (value === true || value === 'true') {
    return { value: true };
  }
  return value === false || value === 'false'
    ? { value: false }
    : { problem: 'must be true or false' };
});

/** An amount of money, not negative, as decimal text. */
export const amount = scalar<string>(value => {
  const read = readAmount(value);
  return read === undefined
    ? {
        problem:
          'must be an amount of money, zero or more, with at most 9 digits before and 6 after the point, such as 0.12',
      }
    : { value: read };
});

export const currency = scalar<string>(value =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value)
    ? { value }
    : { problem: 'must be the code of a currency, such as EUR' },
);

/** Text for people, not empty. */
export function text(options: { maximum: number }) {
  return scalar<string>(value => {
    if (typeof value !== 'string' || !value.trim()) {
      return { problem: 'must be text' };
    }
    if (value.length > options.maximum) {
      return { problem: `is longer than ${options.maximum} characters` };
    }
    return isStorableText(value)
      ? { value: value.trim() }
      : { problem: 'has control or broken characters in it' };
  });
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** What ids and names of ours are made of. */
export const name = scalar<string>(value =>
  typeof value === 'string' && NAME.test(value)
    ? { value }
    : {
        problem:
          'must be 1 to 63 of a-z, 0-9, dot, dash and underscore, and begin with a letter or digit',
      },
);

/** A pattern for the linear-time engine. */
export const pattern = scalar<string>(value => {
  if (typeof value !== 'string' || !value) {
    return { problem: 'must be a pattern' };
  }
  const problem = patternProblem(value);
  return problem ? { problem } : { value };
});

/** An entity ref of one of the given kinds, normalised. */
export function entityRef(options: { kinds?: string[] } = {}) {
  const { kinds } = options;
  const example = `${kinds?.[0] ?? 'resource'}:default/name`;
  return scalar<string>(value => {
    const ref =
      typeof value === 'string' ? normaliseEntityRef(value) : undefined;
    if (!ref) {
      return { problem: `is not an entity ref such as ${example}` };
    }
    return !kinds || kinds.includes(kindOf(ref))
      ? { value: ref }
      : {
          problem: `must be of kind ${kinds.join(' or ')}, such as ${example}`,
        };
  });
}
