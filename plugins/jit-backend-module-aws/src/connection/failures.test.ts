import { codeOf, failure, RequestKind } from './failures';

const KIND: RequestKind = {
  connection: 'aws',
  purpose: 'read role x',
  writes: false,
  right: 'iam:GetRole on that role',
};
const SECRET = 'secret words of AWS';

function refused(name: string, status: number, headers = {}) {
  return Object.assign(new Error(SECRET), {
    name,
    $metadata: { httpStatusCode: status },
    $response: { headers },
  });
}

describe('a failed request', () => {
  it.each([
    ['Throttling', 400, 'rate-limited', 'too many requests'],
    ['ThrottlingException', 400, 'rate-limited', 'too many requests'],
    ['TooManyRequestsException', 429, 'rate-limited', 'too many requests'],
    ['Anything', 429, 'rate-limited', 'too many requests'],
    ['AccessDenied', 403, 'misconfigured', 'needs iam:GetRole'],
    ['AccessDeniedException', 403, 'misconfigured', 'needs iam:GetRole'],
    ['ExpiredTokenException', 403, 'connection', 'have expired'],
    ['InvalidClientTokenId', 403, 'connection', 'ExpiredToken|deactivated'],
    ['SignatureDoesNotMatch', 403, 'connection', 'aws.accounts'],
    ['RequestExpired', 400, 'connection', 'clock'],
    ['ConcurrentModification', 409, 'retryable', 'Somebody else'],
    ['ServiceUnavailable', 503, 'retryable', 'AWS failed \\(503\\)'],
    ['Moved', 301, 'misconfigured', 'somewhere else'],
    ['MalformedQueryString', 400, 'misconfigured', '400, MalformedQuery'],
    ['<script>', 400, 'misconfigured', '\\(400\\)'],
  ])('by %s (%s) is %s', (name, status, errorClass, words) => {
    const error = failure(KIND, refused(name, status));
    expect(error.class).toBe(errorClass);
    expect(error.message).toMatch(new RegExp(words));
    expect(error.message).not.toContain(SECRET);
  });

  it('may have had its effect when it was to change something', () => {
    const writes = { ...KIND, writes: true };
    const classOf = (error: unknown) => failure(writes, error).class;
    expect(classOf(refused('InternalFailure', 500))).toBe('unknown-outcome');
    expect(classOf(new Error('socket hang up'))).toBe('unknown-outcome');
    const refusedToConnect = Object.assign(new Error(), {
      code: 'ECONNREFUSED',
    });
    expect(classOf(refusedToConnect)).toBe('connection');
    expect(classOf(new Error('x', { cause: refusedToConnect }))).toBe(
      'connection',
    );
    expect(failure(KIND, new Error('socket hang up')).class).toBe('connection');
  });

  it('tells when to come back, in a few seconds where AWS does not say', () => {
    const waitOf = (headers: object) =>
      failure(KIND, refused('Throttling', 400, headers)).retryAfterMs;
    expect(waitOf({})).toBe(5_000);
    expect(waitOf({ 'retry-after': '3' })).toBe(3_000);
    expect(waitOf({ 'retry-after': 'soon' })).toBe(5_000);
  });

  it('for want of credentials says where they belong', () => {
    const none = failure(
      KIND,
      new Error('There is no AWS integration that matches 123456789012. …'),
    );
    expect(none).toMatchObject({
      class: 'misconfigured',
      message: expect.stringContaining('aws.accounts'),
    });
    const unreadable = Object.assign(new Error(SECRET), {
      name: 'CredentialsProviderError',
    });
    expect(failure(KIND, unreadable)).toMatchObject({
      class: 'connection',
      message: expect.not.stringContaining(SECRET),
    });
  });

  it('has a code only when AWS gave it', () => {
    expect(codeOf(new Error('x'))).toBeUndefined();
    expect(codeOf(refused('NoSuchEntityException', 404))).toBe('NoSuchEntity');
  });
});
