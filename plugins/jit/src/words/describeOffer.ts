import { BundleOffer, ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { durationWords } from '../time';
import { Translate } from '../translation';
import { approvalWords } from './describeSteps';

type Terms = Pick<
  ProfileOffer,
  'approval' | 'automatic' | 'context' | 'duration' | 'keep'
> & { bundle?: Pick<BundleOffer, 'parts'> };

/** What is to be known of an offer before it is asked for: who or what decides, for how long at most, what is kept after its end. */
export function offerWords(t: Translate, offer: Terms): string[] {
  const { keep, duration, bundle } = offer;
  const kept =
    keep && t('restore.offered', { duration: durationWords(t, keep.forMs) });
  const decisions =
    bundle && isMixed(bundle)
      ? bundle.parts.map(part =>
          t('offer.ofPart', {
            title: part.title,
            words: decisionWords(t, { ...part, duration }),
          }),
        )
      : [decisionWords(t, offer)];
  return kept ? [...decisions, kept] : decisions;
}

/** Whether what grants one part of a bundle at once says nothing about another, so that no one sentence is true of all. */
function isMixed({ parts }: Pick<BundleOffer, 'parts'>): boolean {
  const ways = parts
    .filter(({ automatic }) => !automatic)
    .map(({ context = [], approval = [] }) =>
      context.length
        ? `${[...context].sort().join()} or ${
            approval.length ? 'people' : 'nobody'
          }`
        : 'people',
    );
  return new Set(ways).size > 1;
}

function decisionWords(t: Translate, offer: Terms): string {
  const { automatic, approval = [], context = [] } = offer;
  const duration = durationWords(t, offer.duration.maximumMs);
  if (automatic) {
    return t('offer.atOnce', { duration });
  }
  const who = approvalWords(t, approval);
  const sources = context.join(` ${t('status.or')} `);
  if (sources) {
    return who
      ? t('offer.byContextOr', { sources, duration, who })
      : t('offer.byContext', { sources, duration });
  }
  return who
    ? t('progress.offered', { who, duration })
    : t('offer.decided', { duration });
}
