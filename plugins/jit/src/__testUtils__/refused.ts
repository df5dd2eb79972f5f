import { ResponseError } from '@backstage/errors';

const NAMES: Record<number, string> = {
  400: 'InputError',
  401: 'AuthenticationError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  429: 'TooManyRequestsError',
  503: 'ServiceUnavailableError',
};

/** What the API client throws when the backend refuses. */
export async function refused(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Promise<ResponseError> {
  const text = JSON.stringify({
    error: { name: NAMES[status] ?? 'Error', message },
    response: { statusCode: status },
  });
  const all = new Map(
    Object.entries({ 'content-type': 'application/json', ...headers }),
  );
  return await ResponseError.fromResponse({
    ok: false,
    status,
    statusText: NAMES[status] ?? 'Error',
    url: 'http://localhost/api/jit/v1',
    headers: { get: (name: string) => all.get(name.toLowerCase()) ?? null },
    text: async () => text,
  } as never);
}
