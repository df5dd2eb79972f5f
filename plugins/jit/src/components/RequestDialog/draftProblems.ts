import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { Translate } from '../../translation';
import { saidBy, statusOf } from '../../words';
import { RequestDraft } from './RequestDraft';
import { subjectOf } from './subjectOf';
import { startOf } from './toCreateRequest';

/** What is wrong with each field, in words. */
export interface DraftProblems {
  reason?: string;
  startsAt?: string;
  subject?: string;
  parameters: Record<string, string>;
}

interface DraftQuestion {
  draft: RequestDraft;
  offer: ProfileOffer;
  now: number;
}

/** What can be seen without asking the backend. */
export function draftProblems(
  t: Translate,
  { draft, offer, now }: DraftQuestion,
): DraftProblems {
  const problems: DraftProblems = { parameters: {} };
  if (offer.reason.required && !draft.reason.trim()) {
    problems.reason = t('request.reasonMissing');
  }
  if (draft.startsAt !== undefined) {
    const start = startOf(draft);
    if (!start) {
      problems.startsAt = t('request.startMissing');
    } else if (start.getTime() < now - 60_000) {
      problems.startsAt = t('request.startPast');
    }
  }
  if (draft.subject !== undefined && !subjectOf(draft)) {
    problems.subject = t('forecast.colleagueMissing');
  }
  for (const { name } of offer.parameters ?? []) {
    if (!draft.parameters[name]) {
      problems.parameters[name] = t('request.parameterMissing');
    }
  }
  return problems;
}

export function hasProblem(problems: DraftProblems): boolean {
  const { reason, startsAt, subject, parameters } = problems;
  return Boolean(
    reason || startsAt || subject || Object.keys(parameters).length,
  );
}

/** What the backend says about one of the fields; undefined when it is about something else. */
export function fieldProblem(
  t: Translate,
  error: Error | undefined,
  offer: ProfileOffer,
): DraftProblems | undefined {
  const said = statusOf(error) === 400 ? saidBy(error) ?? '' : '';
  const [, parameter] = /^parameters\.([\w-]+)/.exec(said) ?? [];
  if (parameter) {
    return { parameters: { [parameter]: said } };
  }
  if (said.startsWith('startsAt')) {
    return { startsAt: said, parameters: {} };
  }
  if (said.startsWith('subject')) {
    return { subject: said, parameters: {} };
  }
  if (said.startsWith('reason')) {
    return { reason: reasonWords(t, said, offer), parameters: {} };
  }
  return undefined;
}

/** An example says more to people than the regular expression does. */
function reasonWords(t: Translate, said: string, offer: ProfileOffer): string {
  const { example } = offer.reason;
  return example && /does not begin|is required/.test(said)
    ? t('request.reasonLike', { example })
    : said;
}
