import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { durationWords } from '../time';
import { Translate } from '../translation';
import { approvalWords } from './describeSteps';

type Terms = Pick<ProfileOffer, 'approval' | 'automatic' | 'duration' | 'keep'>;

/** What is to be known of an offer before it is asked for: who decides, for how long at most, what is kept after its end. */
export function offerWords(t: Translate, offer: Terms): string[] {
  const { keep } = offer;
  const kept =
    keep && t('restore.offered', { duration: durationWords(t, keep.forMs) });
  return kept ? [decisionWords(t, offer), kept] : [decisionWords(t, offer)];
}

function decisionWords(
  t: Translate,
  { approval, automatic, duration }: Terms,
): string {
  const longest = durationWords(t, duration.maximumMs);
  return approval?.length
    ? t('progress.offered', {
        who: approvalWords(t, approval),
        duration: longest,
      })
    : t(automatic ? 'offer.atOnce' : 'offer.decided', { duration: longest });
}
