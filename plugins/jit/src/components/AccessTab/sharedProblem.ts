import { LiveState } from '../../live';
import { statusOf } from '../../words';

/** What went wrong when all of it went wrong alike: then it is said once. */
export function sharedProblem(
  looks: Array<LiveState<unknown>>,
): Error | undefined {
  const [first] = looks;
  const alike = looks.every(
    ({ error }) => error && statusOf(error) === statusOf(first.error),
  );
  return alike ? first.error : undefined;
}

/** A look whose failure is said elsewhere. */
export function withoutError<T extends LiveState<unknown>>(look: T): T {
  return { ...look, error: undefined };
}
