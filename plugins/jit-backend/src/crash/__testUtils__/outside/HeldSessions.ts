import { FakeSession } from '@backstage-jit/plugin-jit-test-utils';
import { Client } from 'pg';

/** Sessions on a PostgreSQL that their holders never end by themselves. */
export class HeldSessions {
  readonly #held = new Map<Client, string>();

  /** @returns whether the server lets it in */
  async open({ key, url }: { key: string; url: string }): Promise<boolean> {
    const client = new Client({ connectionString: url });
    // Its end is what is looked for.
    client.on('error', () => {});
    try {
      await client.connect();
      this.#held.set(client, key);
      return true;
    } catch {
      return false;
    }
  }

  /** Those that still answer. */
  async alive(): Promise<FakeSession[]> {
    const alive: FakeSession[] = [];
    for (const [client, key] of this.#held) {
      try {
        const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
        alive.push({ id: `${rows[0].pid}`, key });
      } catch {
        this.#held.delete(client);
      }
    }
    return alive;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#held.keys()].map(client => client.end()));
    this.#held.clear();
  }
}
