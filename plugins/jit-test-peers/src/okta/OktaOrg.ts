/** One org of the emulator, seen without the provider. */
export class OktaOrg {
  constructor(
    readonly url: string,
    /** What the provider authenticates with. */
    readonly token: string,
  ) {}

  async createUser(email: string, login = email): Promise<string> {
    const { id } = await this.#ask('POST', '/users', {
      profile: { login, email },
    });
    return id;
  }

  async userId(email: string): Promise<string> {
    const { id } = await this.#ask(
      'GET',
      `/users/${encodeURIComponent(email)}`,
    );
    return id;
  }

  async rename(userId: string, login: string): Promise<void> {
    await this.#ask('POST', `/users/${userId}`, {
      profile: { login, email: login },
    });
  }

  async deactivate(userId: string): Promise<void> {
    await this.#ask('POST', `/users/${userId}/lifecycle/deactivate`);
  }

  /** Deactivates, then deletes, as in Okta. */
  async deleteUser(userId: string): Promise<void> {
    await this.#ask('DELETE', `/users/${userId}`);
    await this.#ask('DELETE', `/users/${userId}`);
  }

  async createGroup(name: string): Promise<string> {
    const { id } = await this.#ask('POST', '/groups', { profile: { name } });
    return id;
  }

  async deleteGroup(groupId: string): Promise<void> {
    await this.#ask('DELETE', `/groups/${groupId}`);
  }

  async groupId(name: string): Promise<string> {
    const groups: Array<{ id: string; profile: { name: string } }> =
      await this.#ask('GET', `/groups?q=${encodeURIComponent(name)}`);
    return groups.find(({ profile }) => profile.name === name)!.id;
  }

  async add(groupId: string, userId: string): Promise<void> {
    await this.#ask('PUT', `/groups/${groupId}/users/${userId}`);
  }

  async remove(groupId: string, userId: string): Promise<void> {
    await this.#ask('DELETE', `/groups/${groupId}/users/${userId}`);
  }

  /** The e-mail addresses. */
  async members(groupId: string): Promise<string[]> {
    const users: Array<{ profile: { email: string } }> = await this.#ask(
      'GET',
      `/groups/${groupId}/users`,
    );
    return users.map(({ profile }) => profile.email);
  }

  /** As Okta answers when asked for them. */
  async groupsOf(userId: string): Promise<Array<{ id: string }>> {
    return await this.#ask('GET', `/users/${userId}/groups`);
  }

  async #ask(method: string, path: string, body?: object): Promise<any> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      // Counted apart from the provider's requests, of which the emulator lets so many through.
      headers: { authorization: 'Bearer admin' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status}`);
    }
    const text = await response.text();
    return text && JSON.parse(text);
  }
}
