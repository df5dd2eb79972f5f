import { AwsCall } from '../connection/ask';
import { AwsConnection } from '../connection/connectionSchema';
import { parseRoleArn } from '../role/roleArn';
import { SessionKeys } from '../session/assumeRole';

/** As the global `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The link is beside the keys: nobody waits long for it. */
const LONGEST_WAIT_MS = 3_000;
/** Left for the keys themselves to get to their holder. */
const TIME_TO_ANSWER_MS = 1_000;

interface Console {
  federation: string;
  destination: string;
}

const CONSOLES: Record<string, Console> = {
  aws: {
    federation: 'https://signin.aws.amazon.com/federation',
    destination: 'https://console.aws.amazon.com/',
  },
  'aws-us-gov': {
    federation: 'https://signin.amazonaws-us-gov.com/federation',
    destination: 'https://console.amazonaws-us-gov.com/',
  },
  'aws-cn': {
    federation: 'https://signin.amazonaws.cn/federation',
    destination: 'https://console.amazonaws.cn/',
  },
};

function consoleOf(
  { federationEndpoint, stsEndpoint }: AwsConnection,
  roleArn: string,
): Console | undefined {
  const own = CONSOLES[parseRoleArn(roleArn)?.partition ?? ''];
  if (federationEndpoint === false) {
    return undefined;
  }
  if (federationEndpoint === undefined) {
    // Keys of another STS are nothing for AWS's own console.
    return stsEndpoint === undefined ? own : undefined;
  }
  return { ...(own ?? CONSOLES.aws), federation: federationEndpoint };
}

/**
 * A link that signs its holder in to the console with the keys, for as long as they last. As secret as the keys are.
 *
 * @returns undefined when there is none, or none in time: the keys are not held up for it
 */
export async function signInLink(
  call: AwsCall & {
    ctx: { params: { role: string } };
    fetch: Fetch;
  },
  keys: SessionKeys,
): Promise<string | undefined> {
  const { connection, params, deadline, signal } = call.ctx;
  const found = consoleOf(connection.config, params.role);
  const wait = Math.min(
    deadline - performance.now() - TIME_TO_ANSWER_MS,
    LONGEST_WAIT_MS,
  );
  if (!found || wait <= 0 || signal.aborted) {
    return undefined;
  }
  const token = new URL(found.federation);
  token.searchParams.set('Action', 'getSigninToken');
  token.searchParams.set(
    'Session',
    JSON.stringify({
      sessionId: keys.accessKeyId,
      sessionKey: keys.secretAccessKey,
      sessionToken: keys.sessionToken,
    }),
  );
  try {
    const response = await call.fetch(token.href, {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(wait))]),
    });
    const { SigninToken } = await response.json();
    if (!response.ok || typeof SigninToken !== 'string' || !SigninToken) {
      return undefined;
    }
    const link = new URL(found.federation);
    link.searchParams.set('Action', 'login');
    link.searchParams.set('Issuer', 'Backstage JIT');
    link.searchParams.set('Destination', found.destination);
    link.searchParams.set('SigninToken', SigninToken);
    return link.href;
  } catch {
    // Its text may hold the address, and that the keys.
    return undefined;
  }
}
