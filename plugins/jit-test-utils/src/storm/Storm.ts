import { IssuedCredentials, Lease } from '@backstage-jit/plugin-jit-common';
import assert from 'node:assert/strict';
import { ProviderLife } from '../life';
import { inTurns } from './inTurns';
import { StormFaults } from './StormFaults';

/** @public */
export interface StormLease {
  /** Of its person. */
  name: string;
  id: string;
  index: number;
}

const TRY_AGAIN: unknown[] = [429, 503];

/** Never so many of a seed's faults that all could be missing by chance. */
const FEWEST_FAULTS = 20;

/**
 * Very many leases at once, one for each person, through a real backend, while its system fails as {@link StormFaults} have it.
 *
 * @public
 */
export class Storm {
  private constructor(
    private readonly options: {
      life: ProviderLife;
      faults: StormFaults;
      concurrency: number;
    },
  ) {}

  static create(options: {
    life: ProviderLife;
    faults: StormFaults;
    /** Of the connection, as its config declares it. */
    concurrency: number;
  }): Storm {
    return new Storm(options);
  }

  /** All asked for at once; comes back when all are active. */
  async grantAll(
    people: string[],
    profileOf: (index: number) => string,
  ): Promise<StormLease[]> {
    const { life } = this.options;
    const leases = await inTurns(people, async (name, index) => ({
      name,
      index,
      id: await life.ask(name, profileOf(index)),
    }));
    await this.#reach(leases, 'active');
    return leases;
  }

  /** Asks for the credentials of a lease as often as it takes: a person who is told to try again does. */
  async credentials({ name, id }: StormLease): Promise<IssuedCredentials> {
    for (;;) {
      try {
        return await this.options.life.credentials(name, id);
      } catch (error) {
        if (
          !TRY_AGAIN.includes((error as { statusCode?: number }).statusCode)
        ) {
          throw error;
        }
      }
    }
  }

  /** All ended at once; comes back when all have been seen to be gone. */
  async endAll(leases: StormLease[]): Promise<void> {
    await inTurns(leases, ({ name, id }) => this.options.life.end(name, id));
    await this.#reach(leases, 'revoked');
  }

  /** @throws AssertionError when the connection's limit was not kept to, or not tried, or too little went wrong to tell */
  assertWithinLimits(): void {
    const { faults, concurrency } = this.options;
    assert.ok(faults.tooMany >= FEWEST_FAULTS);
    assert.ok(faults.failedAfterSuccess >= FEWEST_FAULTS);
    assert.ok(faults.most > 1, 'Nothing was done at once');
    assert.ok(
      faults.most <= concurrency,
      `${faults.most} requests were under way at once, more than the connection allows`,
    );
  }

  /** None is lost: each gets there, with no attempt for a request too many. */
  async #reach(leases: StormLease[], state: Lease['state']): Promise<void> {
    for (const { name, id } of leases) {
      const lease = await this.options.life.until(name, id, state);
      assert.equal(lease.stuck, false);
    }
  }
}
