import {
  CreatedRequest,
  Lease,
  LeaseState,
} from '@backstage-jit/plugin-jit-common';
import { ResponseError } from '@backstage/errors';
import { BackendProcess } from './BackendProcess';
import { BatchPlan, PlannedRequest } from './planBatch';
import { CrashWorld } from './CrashWorld';
import { waitFor } from './waitFor';

/** The people of one episode: they ask for leases, use them, and ask again where they heard nothing. */
export class Batch {
  readonly #plan: BatchPlan;
  readonly #world: CrashWorld;
  readonly #answered = new Map<string, CreatedRequest>();

  constructor(options: { plan: BatchPlan; world: CrashWorld }) {
    this.#plan = options.plan;
    this.#world = options.world;
  }

  /** The leases that their holder gave back, or tried to. */
  readonly touched = new Set<string>();

  get planned(): PlannedRequest[] {
    return this.#plan.requests;
  }

  isAnswered(key: string): boolean {
    return this.#answered.has(key);
  }

  /** Asks for everything, and does what is planned with it. Returns when all of it is done, or the process is gone. */
  async drive(process: BackendProcess): Promise<void> {
    await Promise.all(
      this.#plan.requests.map(async request => {
        const created = await this.#ask(process, request);
        await Promise.all(
          (created?.leases ?? []).map((lease, index) =>
            this.#use(process, request, lease, index),
          ),
        );
      }),
    );
  }

  /** Asks again where no answer came: with the same key, so that nothing is made twice. */
  async askAgain(process: BackendProcess): Promise<void> {
    for (const request of this.#plan.requests) {
      if (!this.#answered.has(request.key)) {
        await this.#ask(process, request);
      }
    }
  }

  /** What its holder has for longer than anybody wants to wait. */
  async giveBack(process: BackendProcess): Promise<void> {
    await Promise.all(
      this.#plan.requests.flatMap(({ key, person, leases }) =>
        (this.#answered.get(key)?.leases ?? [])
          .filter((_lease, index) => leases[index].givenBack)
          .map(({ id }) =>
            unlessGone(process, async () => {
              // Not before it has begun, or there would be nothing to look at.
              await this.#begun(process, { person, id });
              await this.#end(process, { person, id });
            }),
          ),
      ),
    );
  }

  async #end(
    process: BackendProcess,
    { person, id }: { person: string; id: string },
  ): Promise<void> {
    const { api, token } = process.as(person);
    this.touched.add(id);
    await api.endLease(id, {}, { token });
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

  async #ask(
    process: BackendProcess,
    request: PlannedRequest,
  ): Promise<CreatedRequest | undefined> {
    const { key, person, leases } = request;
    const { api, token } = process.as(person);
    const created = await unlessGone(process, () =>
      api.createRequest(
        {
          reason: key,
          leases: leases.map(({ nature, durationMs }) => ({
            profileId: nature,
            duration: { milliseconds: durationMs },
          })),
        },
        { token, idempotencyKey: key },
      ),
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
    if (!use) {
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
          await this.#end(process, { person, id });
          break;
        case 'extend':
          await api.extendLease(
            id,
            { duration: { milliseconds: 200 } },
            { token },
          );
          break;
        default: {
          const { credentials } = await api.issueCredentials(id, { token });
          const secret = credentials.forms[0].value;
          const things = await this.#world.things();
          const thing = things.find(({ leaseId }) => leaseId === id);
          if (thing) {
            await this.#world.signIn({ key: thing.key, secret });
          }
        }
      }
    });
  }
}

/** What a dead process would have answered is not known; what a live one refuses because it came too late is no matter. */
async function unlessGone<T>(
  process: BackendProcess,
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ResponseError) {
      const { statusCode } = error;
      if (statusCode === 409 || statusCode === 503) {
        return undefined;
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
    return undefined;
  }
}
