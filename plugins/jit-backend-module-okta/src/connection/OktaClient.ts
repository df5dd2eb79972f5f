import { ConnectionContext } from '@backstage-jit/plugin-jit-node';
import { z, ZodType } from 'zod';
import { AccessTokens } from './AccessTokens';
import { isOnThisMachine, OktaConnection } from './connectionSchema';
import { notOkta, refused, RequestKind } from './failures';
import { retryAfterMs } from './rateLimit';
import { Answer, Fetch, send } from './send';

/** What every call to a provider has. */
export interface OktaCall {
  ctx: ConnectionContext<OktaConnection>;
  fetch: Fetch;
  tokens: AccessTokens;
}

export interface OktaRequest
  extends Omit<RequestKind, 'connection' | 'writes'> {
  method: 'GET' | 'PUT' | 'DELETE';
  /** Below the org's address, beginning with `/`. */
  path: string;
  query?: Record<string, string>;
  /** Whether emulators are known to lack it; Okta has it. */
  emulatorsLackIt?: boolean;
  /** Sent without credentials. */
  isPublic?: boolean;
}

const LONGEST_LIST_PAGES = 200;
const errorBody = z.object({ errorCode: z.string().regex(/^E\d{7}$/) });

function errorCodeOf(answer: Answer): string | undefined {
  return errorBody.safeParse(answer.body).data?.errorCode;
}

async function exchange(
  call: OktaCall,
  request: OktaRequest,
  url: string,
): Promise<Answer | undefined> {
  const { connection } = call.ctx;
  const kind: RequestKind = {
    ...request,
    connection: connection.name,
    writes: request.method !== 'GET',
  };
  const authorization = request.isPublic
    ? undefined
    : await call.tokens.authorization(call);
  const answer = await send(call, kind, {
    url,
    init: {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(authorization && { authorization }),
      },
    },
  });
  const { status, headers } = answer;
  if (status >= 200 && status < 300) {
    return answer;
  }
  if (status === 401) {
    call.tokens.forget(call);
  }
  const errorCode = errorCodeOf(answer);
  if (status === 404) {
    const isLacking =
      request.emulatorsLackIt && isOnThisMachine(connection.config.orgUrl);
    if (errorCode || isLacking) {
      return undefined;
    }
    throw notOkta(kind);
  }
  throw refused(kind, {
    status,
    errorCode,
    retryAfterMs: retryAfterMs({ headers, now: Date.now() }),
  });
}

function urlOf({ ctx }: OktaCall, { path, query }: OktaRequest): string {
  const url = new URL(path, ctx.connection.config.orgUrl);
  for (const [name, value] of Object.entries(query ?? {})) {
    url.searchParams.set(name, value);
  }
  return url.href;
}

function parse<T>(
  call: OktaCall,
  options: { request: OktaRequest; schema: ZodType<T>; answer: Answer },
): T {
  const parsed = options.schema.safeParse(options.answer.body);
  if (!parsed.success) {
    throw notOkta({
      ...options.request,
      connection: call.ctx.connection.name,
      writes: false,
    });
  }
  return parsed.data;
}

/** @returns undefined when Okta says that it does not exist */
export async function get<T>(
  call: OktaCall,
  request: Omit<OktaRequest, 'method'>,
  schema: ZodType<T>,
): Promise<T | undefined> {
  const full: OktaRequest = { ...request, method: 'GET' };
  const answer = await exchange(call, full, urlOf(call, full));
  return answer && parse(call, { request: full, schema, answer });
}

/** @returns false when Okta says that what it is about does not exist */
export async function write(
  call: OktaCall,
  request: OktaRequest,
): Promise<boolean> {
  return (await exchange(call, request, urlOf(call, request))) !== undefined;
}

/** Of `Link: <…>; rel="next"`, on the org itself: the token is sent there. */
function nextPage(call: OktaCall, { headers }: Answer): string | undefined {
  const [, target] =
    /<([^>]+)>\s*;\s*rel="next"/.exec(headers.get('link') ?? '') ?? [];
  if (!target) {
    return undefined;
  }
  const { orgUrl } = call.ctx.connection.config;
  return URL.canParse(target, orgUrl) &&
    new URL(target, orgUrl).origin === orgUrl
    ? new URL(target, orgUrl).href
    : '';
}

/**
 * All entries of a list, page by page.
 *
 * @returns undefined when Okta says that what it is a list of does not exist
 * @throws JitProviderError when the list broke off: a part of it is never taken for the whole
 */
export async function list<T>(
  call: OktaCall,
  request: Omit<OktaRequest, 'method'>,
  schema: ZodType<T>,
): Promise<T[] | undefined> {
  const full: OktaRequest = { ...request, method: 'GET' };
  const entries: T[] = [];
  let url: string | undefined = urlOf(call, full);
  for (let page = 0; url && page < LONGEST_LIST_PAGES; page++) {
    const answer: Answer | undefined = await exchange(call, full, url);
    if (!answer) {
      return undefined;
    }
    entries.push(
      ...parse(call, { request: full, schema: z.array(schema), answer }),
    );
    url = nextPage(call, answer);
    if (url === undefined) {
      return entries;
    }
  }
  throw notOkta({
    ...full,
    connection: call.ctx.connection.name,
    writes: false,
  });
}
