import { ResponseError } from '@backstage/errors';
import { NoAnswerError } from '../live';
import { durationWords } from '../time';
import { Translate } from '../translation';
import { statusOf } from './statusOf';

/** A failure in words: what happened, what the backend says about it, and what to do. */
export interface ProblemWords {
  title: string;
  /** The backend's own sentence. */
  said?: string;
  advice: string;
  /** Whether asking again as it is can help. */
  retry: boolean;
  /** Whether signing in again is what helps. */
  signIn: boolean;
}

export function describeProblem(t: Translate, error: Error): ProblemWords {
  const plain = { retry: true, signIn: false };
  if (error instanceof NoAnswerError) {
    return {
      ...plain,
      title: t('problem.noAnswer'),
      advice: t('problem.noAnswerHow'),
    };
  }
  const status = statusOf(error);
  if (status === undefined) {
    return {
      ...plain,
      title: t('problem.offline'),
      advice: t('problem.offlineHow'),
    };
  }
  const said = saidBy(error);
  switch (status) {
    case 400:
      return {
        title: t('problem.badInput'),
        said,
        advice: '',
        retry: false,
        signIn: false,
      };
    case 401:
      return {
        title: t('problem.unauthorized'),
        advice: t('problem.unauthorizedHow'),
        retry: false,
        signIn: true,
      };
    case 403:
      return {
        ...plain,
        title: t('problem.forbidden'),
        said,
        advice: /not a User of the catalog/.test(said ?? '')
          ? t('problem.notUserHow')
          : t('problem.forbiddenHow'),
      };
    case 404:
      return {
        ...plain,
        title: t('problem.notFound'),
        said,
        advice: t('problem.notFoundHow'),
      };
    case 409:
      return {
        ...plain,
        title: t('problem.conflict'),
        said,
        advice: t('problem.conflictHow'),
      };
    case 429: {
      const seconds = retryAfterSeconds(error);
      return {
        ...plain,
        title: t('problem.tooMany'),
        said,
        advice: seconds
          ? t('problem.tooManyIn', {
              duration: durationWords(t, seconds * 1_000),
            })
          : t('problem.tooManyHow'),
      };
    }
    case 502:
    case 503:
    case 504:
      return {
        ...plain,
        title: t('problem.unavailable'),
        said: status === 503 ? said : undefined,
        advice: t('problem.unavailableHow'),
      };
    default:
      return {
        ...plain,
        title: t('problem.broken'),
        advice: t('problem.brokenHow'),
      };
  }
}

/** The sentence of a refusal; the backend writes these for people. */
export function saidBy(error: unknown): string | undefined {
  const { body } = error as Partial<ResponseError>;
  const said = body?.error?.message?.trim();
  return said || undefined;
}

function retryAfterSeconds(error: unknown): number | undefined {
  const { response } = error as Partial<ResponseError>;
  const seconds = Number(response?.headers?.get('retry-after'));
  return seconds > 0 ? seconds : undefined;
}
