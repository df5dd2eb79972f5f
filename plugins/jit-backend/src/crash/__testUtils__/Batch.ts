import {
  CreatedRequest,
  IssuedCredentials,
  Lease,
  LeaseState,
} from '@backstage-jit/plugin-jit-common';
import { ResponseError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendProcess } from './BackendProcess';
import { BatchPlan, PlannedLease, PlannedRequest } from './planBatch';
import { waitFor } from './waitFor';

/** Long enough together for any weather. */
const TRIES = 4;
const BETWEEN_TRIES_MS = 1_000;

/** Has the holder of a lease use what they were given. @returns whether that let them in */
export type SignIn = (
  lease: Lease,
  credentials: IssuedCredentials,
) => Promise<boolean>;

/** The people of one episode: they ask for leases, use them, and ask again where they heard nothing. */
export class Batch {
  readonly #plan: BatchPlan;
  readonly #signIn: SignIn;
  readonly #prepare: (lease: PlannedLease) => void;
  readonly #answered = new Map<string, CreatedRequest>();
  /** What was done with these is done. */
  readonly #used = new Set<string>();

  constructor(options: {
    plan: BatchPlan;
    /** Called before a lease is asked for, each time. */
    prepare: (lease: PlannedLease) => void;
    signIn: SignIn;
  }) {
    this.#plan = options.plan;
    this.#prepare = options.prepare;
    this.#signIn = options.signIn;
  }

  /** How often somebody was let in by what they were given. */
  letIn = 0;

  /** The leases that their holder gave back, or tried to. */
  readonly touched = new Set<string>();

  get planned(): PlannedRequest[] {
    return this.#plan.requests;
  }

  isAnswered(key: string): boolean {
    return this.#answered.has(key);
  }

  /**
   * Asks for everything that was not answered yet, with the same key so that nothing is made twice, and does what is planned with it. Returns
   * when all of it is done, or the process is gone; then another can carry on.
   */
  async drive(process: BackendProcess): Promise<void> {
    await Promise.all(
      this.#plan.requests.map(async request => {
        const created =
          this.#answered.get(request.key) ??
          (await this.#ask(process, request));
        await Promise.all(
          (created?.leases ?? []).map((lease, index) =>
            this.#use(process, request, lease, index),
          ),
        );
      }),
    );
    await this.#giveBack(process);
  }

  /** What its holder has for longer than anybody wants to wait; a bundle as one. */
  async #giveBack(process: BackendProcess): Promise<void> {
    await Promise.all(
      this.#plan.requests.flatMap(({ key, person, leases, bundleId }) => {
        const held = (this.#answered.get(key)?.leases ?? [])
          .filter((_lease, index) => leases[index].givenBack)
          .map(({ id }) => id);
        return (bundleId ? [held] : held.map(id => [id])).map(ids =>
          unlessGone(process, async () => {
            for (const id of ids) {
              // Not before it has begun, or there would be nothing to look at.
              await this.#begun(process, { person, id });
            }
            await this.#end(process, { person, ids });
          }),
        );
      }),
    );
  }

  async #end(
    process: BackendProcess,
    { person, ids }: { person: string; ids: string[] },
  ): Promise<void> {
    const { api, token } = process.as(person);
    ids.forEach(id => this.touched.add(id));
    if (ids.length) {
      await api.endLease(ids[0], {}, { token });
    }
  }

  async #begun(
    process: BackendProcess,
    { person, id }: { person: string; id: string },
  ): Promise<LeaseState> {
    const { api, token } = process.as(person);
    return await waitFor(
      { what: `lease ${id} to begin`, withinMs: 60_000 },
      async () => {
        const { lease } = await api.getLease(id, { token });
        return !['approved', 'granting'].includes(lease.state) && lease.state;
      },
    );
  }

  /** Asks a few times, as a person would who is told that the outside does not answer now. */
  async #mint(
    process: BackendProcess,
    { person, id }: { person: string; id: string },
  ): Promise<IssuedCredentials | undefined> {
    const { api, token } = process.as(person);
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        return (await api.issueCredentials(id, { token })).credentials;
      } catch (error) {
        if (!(error instanceof ResponseError) || error.statusCode !== 503) {
          throw error;
        }
      }
      await sleep(BETWEEN_TRIES_MS);
    }
    return undefined;
  }

  async #ask(
    process: BackendProcess,
    request: PlannedRequest,
  ): Promise<CreatedRequest | undefined> {
    const { key, person, leases, bundleId } = request;
    const { api, token } = process.as(person);
    leases.forEach(this.#prepare);
    const created = await unlessGone(
      process,
      () =>
        api.createRequest(
          {
            reason: key,
            ...(bundleId && { bundleId }),
            leases: leases.map(
              ({ profileId, parameters, durationMs }, index) => ({
                profileId,
                ...(parameters && { parameters }),
                // A bundle has one clock.
                ...((!bundleId || index === 0) && {
                  duration: { milliseconds: durationMs },
                }),
              }),
            ),
          },
          { token, idempotencyKey: key },
        ),
      // Somebody may be at it: the same call, cut off, or another process's.
      [409, 503],
    );
    if (created) {
      this.#answered.set(key, created);
    }
    return created;
  }

  async #use(
    process: BackendProcess,
    request: PlannedRequest,
    lease: Lease,
    index: number,
  ): Promise<void> {
    const { use } = request.leases[index];
    if (!use || this.#used.has(lease.id)) {
      return;
    }
    const { api, token } = process.as(request.person);
    const id = lease.id;
    await unlessGone(process, async () => {
      const { person } = request;
      if ((await this.#begun(process, { person, id })) !== 'active') {
        return;
      }
      switch (use) {
        case 'end':
          await this.#end(process, { person, ids: [id] });
          break;
        case 'extend':
          await api.extendLease(
            id,
            { duration: { milliseconds: 200 } },
            { token },
          );
          break;
        default: {
          const credentials = await this.#mint(process, { person, id });
          if (credentials && (await this.#signIn(lease, credentials))) {
            this.letIn += 1;
          }
        }
      }
      this.#used.add(id);
    });
  }
}

/**
 * What a dead process would have answered is not known; what a live one refuses because it came too late is no matter.
 *
 * @param later - the statuses of answers after which one asks again
 */
async function unlessGone<T>(
  process: BackendProcess,
  call: () => Promise<T>,
  later = [503],
): Promise<T | undefined> {
  const { answer } = await waitFor<{ answer?: T }>(
    { what: `another answer than ${later.join(' or ')}`, withinMs: 60_000 },
    async () => {
      try {
        return { answer: await call() };
      } catch (error) {
        if (error instanceof ResponseError) {
          const { statusCode } = error;
          if (later.includes(statusCode)) {
            return false;
          }
          if (statusCode === 409) {
            return {};
          }
          throw error;
        }
        // The connection broke: the process is dead, or will have been in a moment.
        await waitFor(
          {
            what: `a process that does not answer to be gone: ${error}`,
            withinMs: 10_000,
          },
          async () => process.isGone,
        );
        return {};
      }
    },
  );
  return answer;
}
