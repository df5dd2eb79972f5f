import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { durationWords } from '../time';
import { Translate } from '../translation';
import { approvalWords } from './describeSteps';

type Terms = Pick<
  ProfileOffer,
  'approval' | 'automatic' | 'context' | 'duration' | 'keep'
>;

/** What is to be known of an offer before it is asked for: who or what decides, for how long at most, what is kept after its end. */
export function offerWords(t: Translate, offer: Terms): string[] {
  const { keep } = offer;
  const kept =
    keep && t('restore.offered', { duration: durationWords(t, keep.forMs) });
  return kept ? [decisionWords(t, offer), kept] : [decisionWords(t, offer)];
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
