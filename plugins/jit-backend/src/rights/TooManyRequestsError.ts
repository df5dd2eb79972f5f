import { CustomErrorBase } from '@backstage/errors';

/** Answered as 429. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  readonly statusCode = 429;
}
