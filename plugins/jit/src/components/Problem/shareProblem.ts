import { statusOf } from '../../words';

interface Look {
  error?: Error;
  refresh: () => void;
}

/**
 * What is one problem of all looks is to be said once, as the `outage`, and then of none of them: what they all failed with
 * alike, and a backend that does not answer, from the first look that finds it so.
 */
export function shareProblem<T extends Record<string, Look>>(
  looks: T,
): { outage?: Error; looks: T; refresh: () => void } {
  const all = Object.values(looks);
  const [first] = all;
  const refresh = () => all.forEach(look => look.refresh());
  const alike = all.every(
    ({ error }) => error && statusOf(error) === statusOf(first.error),
  );
  const outage = alike
    ? first.error
    : all.map(({ error }) => error).find(isUnanswered);
  return outage
    ? { outage, looks: withoutErrorsLike(outage, looks), refresh }
    : { looks, refresh };
}

function isUnanswered(error?: Error): boolean {
  return Boolean(error) && statusOf(error) === undefined;
}

function withoutErrorsLike<T extends Record<string, Look>>(
  outage: Error,
  looks: T,
): T {
  const silent = Object.entries(looks).map(([name, look]) => [
    name,
    look.error && statusOf(look.error) === statusOf(outage)
      ? { ...look, error: undefined }
      : look,
  ]);
  return Object.fromEntries(silent);
}
