import { RequestDecision } from '@backstage-jit/plugin-jit-common';
import { Action, useAction } from '../../hooks';
import { statusOf } from '../../words';
import { Choice } from './useChoice';

type Order = Pick<RequestDecision, 'decision' | 'comment'>;

/**
 * The same decision about all that are chosen, each at the revision that is shown. What fails says why on its card; what has changed meanwhile is to be
 * looked at again, and so no longer chosen.
 */
export function useManyDecisions(choice: Choice): Action<Order> {
  const action = useAction<{ order: Order; seen: Array<[string, number]> }>(
    async (api, { order, seen }, { idempotencyKey, signal }) => {
      const failures = new Map<string, Error>();
      let now = '';
      for (const [id, revision] of seen) {
        try {
          const answer = await api.decideRequest(
            id,
            { ...order, revision },
            { signal, idempotencyKey: `${idempotencyKey}-${id}` },
          );
          now = answer.now;
        } catch (error) {
          failures.set(id, error as Error);
        }
      }
      choice.setFailures(failures);
      choice.choose(
        choice.chosen.filter(({ id }) => {
          const failure = failures.get(id);
          return failure && statusOf(failure) !== 409;
        }),
      );
      if (!failures.size) {
        choice.setComment('');
      }
      return { now };
    },
  );
  return {
    ...action,
    run: async order =>
      await action.run({
        order,
        seen: choice.chosen.map(({ id, revision }) => [id, revision]),
      }),
  };
}
