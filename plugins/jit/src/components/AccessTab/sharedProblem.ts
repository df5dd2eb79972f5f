import { LiveState } from '../../live';
import { statusOf } from '../../words';

/** What went wrong when nothing is known and all of it went wrong alike: then it is said once. */
export function sharedProblem(
  looks: Array<LiveState<unknown>>,
): Error | undefined {
  const [first] = looks;
  const alike = looks.every(
    ({ value, error }) =>
      !value && error && statusOf(error) === statusOf(first.error),
  );
  return alike ? first.error : undefined;
}
