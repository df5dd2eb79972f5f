import { LeaseRecord } from '../leases/records';
import { RequestRecord } from '../requests/RequestRecord';
import { Notice } from './Notice';
import { shortName } from './shortName';

/** How a reminder of a review begins. */
const WORDS: Record<NonNullable<LeaseRecord['reviewTold']>, string> = {
  'due-soon': 'Review due soon',
  overdue: 'Review missed',
};

/**
 * Who is reminded of a review: the operators, the owners of the target, and whom the skipped steps name. Of one that was missed also who broke
 * the glass, and cannot again before it is done.
 */
export function noticesOfReview(
  lease: LeaseRecord,
  options: { why: string; steps: RequestRecord['steps'] },
): Notice[] {
  const { id, subject, profileId, entityRef, reviewTold = 'due-soon' } = lease;
  const common = {
    title: `${WORDS[reviewTold]}: break-glass ${
      lease.profileTitle
    } by ${shortName(subject)}`,
    description: options.why,
    severity: reviewTold === 'overdue' ? 'critical' : 'high',
    leaseId: id,
  } satisfies Partial<Notice>;
  const except = [subject];
  const named = options.steps.flatMap(({ principals, escalatesTo = [] }) => [
    ...principals,
    ...escalatesTo,
  ]);

  const scope = `${id}/review-${reviewTold}`;
  const notices: Notice[] = [
    { ...common, scope: `${scope}/operators`, to: 'operators', except },
  ];
  if (entityRef !== undefined) {
    const target = { profileId, entityRef };
    notices.push({
      ...common,
      scope: `${scope}/owners`,
      to: 'owners',
      except,
      target,
    });
  }
  if (named.length) {
    const to = [...new Set(named)];
    notices.push({ ...common, scope: `${scope}/named`, to, except });
  }
  if (reviewTold === 'overdue') {
    notices.push({ ...common, scope: `${scope}/people`, to: [subject] });
  }
  return notices;
}
