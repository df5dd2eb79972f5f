import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';
import { CALLERS } from './people';

/** The header in which the tests say who calls: by the name in {@link CALLERS}, or by the ref of a user. */
export const CALLER_HEADER = 'x-caller';

/** None for who calls without a token. */
export function credentialsOf(
  caller: string,
): BackstageCredentials | undefined {
  return caller.startsWith('user:')
    ? mockCredentials.user(caller)
    : CALLERS[caller];
}

/** Takes the word of the header for it. */
export function callerHttpAuth() {
  return mockServices.httpAuth.mock({
    credentials: async req => {
      const credentials = credentialsOf(req.header(CALLER_HEADER) ?? '');
      if (!credentials) {
        throw new AuthenticationError('No token');
      }
      return credentials as never;
    },
  });
}
