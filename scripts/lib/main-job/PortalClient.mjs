/** Talks to the jit API as one of the demo's people. */
export class PortalClient {
  /**
   * Signs in through the demo's auth provider.
   *
   * @param options.backendUrl such as `http://localhost:7007`
   * @param options.user an entity ref
   */
  static async signIn({ backendUrl, user }) {
    const response = await fetch(`${backendUrl}/api/auth/demo/refresh`, {
      headers: { 'x-demo-user': user },
    });
    if (!response.ok) {
      throw new Error(`${user} cannot sign in: ${response.status}`);
    }
    const { backstageIdentity } = await response.json();
    return new PortalClient(backendUrl, backstageIdentity.token);
  }

  #base;
  #token;

  constructor(backendUrl, token) {
    this.#base = `${backendUrl}/api/jit/v1`;
    this.#token = token;
  }

  /** @returns the status and the body, whatever they are */
  async call(method, path, body) {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  }

  /** @throws Error unless it went well */
  async ask(method, path, body) {
    const answer = await this.call(method, path, body);
    if (answer.status >= 300) {
      throw new Error(
        `${method} ${path} answered ${answer.status}: ${answer.body.error?.message}`,
      );
    }
    return answer.body;
  }

  /** Looks at a lease until it is as wanted. */
  async until(leaseId, wanted, { timeoutMs = 60_000 } = {}) {
    const giveUpAt = Date.now() + timeoutMs;
    for (;;) {
      const { lease } = await this.ask('GET', `/leases/${leaseId}`);
      if (wanted(lease)) {
        return lease;
      }
      if (Date.now() > giveUpAt) {
        throw new Error(
          `Lease ${leaseId} is still ${lease.state}: ${
            lease.lastError?.message ?? 'no error'
          }`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
