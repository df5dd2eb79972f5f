import { InputError } from '@backstage/errors';
import { ZodError } from 'zod';

/** One thing wrong in config. Never holds a configured value: that could be a secret. */
export interface ConfigProblem {
  /** The full path of the key: `jit.profiles[2].duration.maximum`. */
  path: string;
  /** Goes on after the path: "is required". */
  message: string;
}

/** The one error for everything that is wrong in config. */
export function configError(problems: ConfigProblem[]): InputError {
  const lines = problems.map(({ path, message }) => `${path} ${message}`);
  return new InputError(`Invalid configuration: ${lines.join('; ')}`);
}

/** `['jit', 'profiles', 2, 'id']` as `jit.profiles[2].id`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') {
      return `${text}[${key}]`;
    }
    return text ? `${text}.${String(key)}` : String(key);
  }, '');
}

/** What zod found in our own part of the config, below the given path. */
export function problemsOf(
  error: ZodError,
  base: readonly PropertyKey[],
): ConfigProblem[] {
  return error.issues.flatMap(issue => {
    const at = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        path: formatPath([...at, key]),
        message: 'is not a known key',
      }));
    }
    return [{ path: formatPath(at), message: messageOf(issue) }];
  });
}

function messageOf(issue: ZodError['issues'][number]): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'is required'
        : `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'custom':
      return issue.message;
    default:
      return `is not valid: ${issue.message}`;
  }
}
