import { statusOf } from '../../words';

interface Look {
  error?: Error;
  refresh: () => void;
}

/** What went wrong with all looks alike is to be said once: as the `outage`, and then of none of them. */
export function shareProblem<T extends Record<string, Look>>(
  looks: T,
): { outage?: Error; looks: T; refresh: () => void } {
  const all = Object.values(looks);
  const [first] = all;
  const refresh = () => all.forEach(look => look.refresh());
  const alike = all.every(
    ({ error }) => error && statusOf(error) === statusOf(first.error),
  );
  return alike
    ? { outage: first.error, looks: withoutErrors(looks), refresh }
    : { looks, refresh };
}

function withoutErrors<T extends Record<string, Look>>(looks: T): T {
  const silent = Object.entries(looks).map(([name, look]) => [
    name,
    { ...look, error: undefined },
  ]);
  return Object.fromEntries(silent);
}
