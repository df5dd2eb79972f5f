import { ContextFinding } from '@backstage-jit/plugin-jit-common';
import { Translate } from '../translation';
import { shortened } from './describeSteps';

/** What context sources say about the leases of a request, a line each: whether it grants them at once, and why. */
export function contextLines(
  t: Translate,
  leases: Array<{ context?: ContextFinding[] }>,
): string[] {
  const lines = leases
    .flatMap(({ context = [] }) => context)
    .map(({ source, satisfied, why }) =>
      t(satisfied ? 'context.grants' : 'context.doesNot', {
        source,
        why: shortened(why),
      }),
    );
  return [...new Set(lines)];
}
