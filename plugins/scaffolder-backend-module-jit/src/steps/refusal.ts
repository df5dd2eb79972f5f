import { ResponseError } from '@backstage/errors';
import { Lease, leaseLink } from '@backstage-jit/plugin-jit-common';

/** What to do about an answer, by its status. */
const ADVICE: Record<number, string> = {
  400: 'Correct the input of this step.',
  401: 'Your session has ended meanwhile: sign in again, and start the template anew.',
  403: 'Ask for a profile that is open to you, or ask its owners to let you in.',
  404: 'Look for the right name on the page "Just-in-time".',
  409: 'End what stands in the way, or try again later.',
  429: 'Try again in a minute.',
  503: 'Try again later: nothing was made.',
};

/** A refusal of the jit backend in words: the rule, and what to do. */
export function refusalOf(error: unknown, what: string): Error {
  if (!(error instanceof ResponseError)) {
    return error as Error;
  }
  const { message } = error.body.error;
  const advice = ADVICE[error.statusCode];
  const said = `${what}: ${message.replace(/\.$/, '')}.`;
  return new Error(advice ? `${said} ${advice}` : said, { cause: error });
}

/** Why a lease will not become usable any more, and where to read on. */
export function overInWords(lease: Lease, appUrl: string): string {
  const why = lease.lastError?.message ?? lease.endReason ?? lease.state;
  return `${lease.profileTitle} is ${
    lease.state
  }: ${why}. Its history is at ${leaseLink(appUrl, lease.id)}`;
}
