import { RequestPreview } from '@backstage-jit/plugin-jit-common';
import { Translate } from '../../translation';

/** The backend names no more people than these in a step. */
const MOST_PEOPLE = 50;

/** What a dry run comes to, in a sentence. */
export function forecastWords(
  t: Translate,
  preview: RequestPreview,
  options: { later: boolean; forOther: boolean },
): string {
  const { later, forOther } = options;
  if (preview.automatic && forOther) {
    return t(later ? 'forecast.atOnceLaterFor' : 'forecast.atOnceFor');
  }
  if (preview.automatic) {
    return t(later ? 'request.atOnceLater' : 'request.atOnce');
  }
  const { steps = [] } = preview.approval ?? {};
  if (!steps.length) {
    return t('request.decided');
  }
  const people = new Set(steps.flatMap(step => step.people));
  return steps.some(step => step.people.length >= MOST_PEOPLE)
    ? t('forecast.decidedMany', { n: String(MOST_PEOPLE) })
    : t('forecast.decided', { count: people.size });
}
