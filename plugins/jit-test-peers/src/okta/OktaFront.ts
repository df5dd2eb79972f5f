import { ExchangeTap } from '@backstage-jit/plugin-jit-test-utils';

/** Nobody listens there. */
const CLOSED = 'http://127.0.0.1:2';

export interface FakeRule {
  name: string;
  status: string;
  groupIds: string[];
}

function json(
  status: number,
  body: unknown,
  headers?: Record<string, string>,
): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

function error(
  status: number,
  errorCode: string,
  headers?: Record<string, string>,
): Response {
  return json(status, { errorCode, errorSummary: 'In Okta’s words' }, headers);
}

/**
 * What stands between the provider and the emulator: Okta's parts that the emulator lacks (the org's id, group rules, sessions, filters),
 * and its failures.
 */
export class OktaFront {
  readonly tap = new ExchangeTap();
  /** Nobody can be reached. */
  away = false;
  /** The API token is not good any more. */
  expired = false;
  /** The account may not do anything. */
  forbidden = false;
  tooMany: { retryAfterMs: number } | undefined;
  rules: FakeRule[] = [];
  /** Lists of members fail after their first page. */
  brokenLists = false;
  /** The ids of users whose sessions were ended. */
  readonly signedOut: string[] = [];
  /** Decides about each request before anything else, once it is set. */
  intercept:
    | ((
        request: { method: string; url: URL },
        forward: () => Promise<Response>,
      ) => Promise<Response> | undefined)
    | undefined;
  readonly sent: string[] = [];
  #frozen: Map<string, unknown> | undefined;

  readonly fetch = (url: string, init: RequestInit): Promise<Response> =>
    this.tap.run(() => this.#answer(url, init), {
      signal: init.signal ?? undefined,
      // Whoever sent it has given up; it is on its way all the same.
      deliverLate: () => this.#answer(url, { ...init, signal: undefined }),
    });

  /** From now on, looks at the groups of these users (by their ids) answer this. */
  freeze(memberships: Map<string, unknown>): void {
    this.#frozen = memberships;
  }

  thaw(): void {
    this.#frozen = undefined;
  }

  async reset(): Promise<void> {
    this.away = false;
    this.expired = false;
    this.forbidden = false;
    this.tooMany = undefined;
    this.rules = [];
    this.brokenLists = false;
    this.intercept = undefined;
    this.signedOut.length = 0;
    this.sent.length = 0;
    this.thaw();
    await this.tap.restore();
  }

  async #answer(address: string, init: RequestInit): Promise<Response> {
    const url = new URL(address);
    const method = init.method ?? 'GET';
    if (this.away) {
      return await fetch(CLOSED, init);
    }
    this.sent.push(`${method} ${url.pathname}`);
    const forward = () => this.#okta(method, url, this.#countedApart(init));
    return await (this.intercept?.({ method, url }, forward) ?? forward());
  }

  /** The emulator takes any token, and lets so many requests of each through. */
  #countedApart(init: RequestInit): RequestInit {
    const authorization = `Bearer ${Math.floor(this.sent.length / 4_000)}`;
    return { ...init, headers: { ...init.headers, authorization } };
  }

  async #okta(method: string, url: URL, init: RequestInit): Promise<Response> {
    const { pathname, searchParams } = url;
    if (this.tooMany) {
      const now = Math.floor(Date.now() / 1000) * 1000;
      return error(429, 'E0000047', {
        date: new Date(now).toUTCString(),
        'x-rate-limit-limit': '50',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': `${(now + this.tooMany.retryAfterMs) / 1000}`,
      });
    }
    if (pathname === '/.well-known/okta-organization') {
      return json(200, { id: `00o${url.port}`, pipeline: 'idx' });
    }
    if (this.expired) {
      return error(401, 'E0000011');
    }
    if (this.forbidden) {
      return error(403, 'E0000006');
    }
    if (pathname === '/api/v1/groups/rules') {
      return json(
        200,
        this.rules.map(({ groupIds, ...rule }) => ({
          ...rule,
          type: 'group_rule',
          actions: { assignUserToGroups: { groupIds } },
        })),
      );
    }
    if (this.brokenLists && /^\/api\/v1\/groups\/\w+\/users$/.test(pathname)) {
      return await this.#breakOff(url, init);
    }
    const [, signedOut] =
      /^\/api\/v1\/users\/(\w+)\/sessions$/.exec(pathname) ?? [];
    if (signedOut && method === 'DELETE') {
      this.signedOut.push(signedOut);
      return new Response(null, { status: 204 });
    }
    const filter = /^profile\.email eq (".*")$/.exec(
      searchParams.get('filter') ?? '',
    );
    if (filter) {
      return await this.#usersByEmail(url, init, JSON.parse(filter[1]));
    }
    return await this.#forward(url, init);
  }

  /** As Okta filters; the emulator takes any user by their e-mail address in the path. */
  async #usersByEmail(
    url: URL,
    init: RequestInit,
    email: string,
  ): Promise<Response> {
    const one = new URL(`/api/v1/users/${encodeURIComponent(email)}`, url);
    const response = await fetch(one, init);
    if (response.status === 404) {
      return json(200, []);
    }
    const user = await response.json();
    return json(200, user.status === 'DEPROVISIONED' ? [] : [user]);
  }

  /** A first page with one entry; asked for the next, it fails. */
  async #breakOff(url: URL, init: RequestInit): Promise<Response> {
    if (url.searchParams.has('after')) {
      return error(500, 'E0000009');
    }
    const [first] = await (await fetch(url, init)).json();
    const next = new URL(`?after=${first.id}`, url);
    return json(200, [first], { link: `<${next.href}>; rel="next"` });
  }

  async #forward(url: URL, init: RequestInit): Promise<Response> {
    const [, userId] =
      /^\/api\/v1\/users\/(\w+)\/groups$/.exec(url.pathname) ?? [];
    const known = userId === undefined ? undefined : this.#frozen?.get(userId);
    return known === undefined ? await fetch(url, init) : json(200, known);
  }
}
