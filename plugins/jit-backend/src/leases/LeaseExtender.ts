import { InputError } from '@backstage/errors';
import { ExtensionPreview } from '@backstage-jit/plugin-jit-common';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { Ledger } from '../database/Ledger';
import { readLeasesOfRequests } from '../database/operations/leases/readLeasesOfRequests';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { readProfiles } from '../database/operations/profiles/readProfiles';
import { JitEngine } from '../engine/JitEngine';
import {
  LONGEST_DURATION_MS,
  outsideHours,
  parseDuration,
  PinnedProfile,
} from '../policy';
import {
  ExtensionRequests,
  WantedExtension,
} from '../requests/extension/ExtensionRequests';
import { needsApproval, takesItsEndLater } from './extension';
import {
  CallOptions,
  ExtendedLease,
  ExtensionOrder,
  WriteOptions,
} from './LeaseService';
import { Instant, LeaseRecord } from './records';
import { askForExtension, Wish } from './wishes';

/** What a dry run tells instead of ending with. */
const REFUSALS = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
];

/** Moves ends: at once as far and as often as the profile says, and beyond that when people have approved. */
export class LeaseExtender {
  readonly #ledger: Ledger;
  readonly #engine: JitEngine;
  readonly #providers: ReadonlyMap<string, JitProvider>;
  readonly #extensions: ExtensionRequests;

  constructor(options: {
    ledger: Ledger;
    engine: JitEngine;
    providers: ReadonlyMap<string, JitProvider>;
    extensions: ExtensionRequests;
  }) {
    this.#ledger = options.ledger;
    this.#engine = options.engine;
    this.#providers = options.providers;
    this.#extensions = options.extensions;
  }

  async extend(
    lease: LeaseRecord,
    order: Omit<ExtensionOrder, 'leaseId'>,
    options: WriteOptions<ExtendedLease>,
  ): Promise<ExtendedLease> {
    const wanted = await this.#want(lease, order);
    const extended = this.#isForPeople(wanted)
      ? await this.#ask(wanted, options)
      : await this.#move(wanted, options);
    this.#engine.wake();
    return extended;
  }

  /** What `extend` would do, without doing it. */
  async preview(
    lease: LeaseRecord,
    order: Omit<ExtensionOrder, 'leaseId'>,
    options: CallOptions,
  ): Promise<ExtensionPreview> {
    const wanted = await this.#want(lease, order);
    const { expiresAt = 0 } = lease;
    const isForPeople = this.#isForPeople(wanted);
    const common = {
      automatic: !isForPeople,
      expiresAt: new Date(expiresAt + wanted.byMs).toISOString(),
    };
    try {
      if (isForPeople) {
        return {
          ...common,
          ...(await this.#extensions.preview(wanted, options)),
        };
      }
      const decide = await this.#deciderOf(wanted, options);
      const { knex, clock } = this.#ledger;
      const now = await clock.now(knex);
      wanted.leases.forEach(each => decide(each, now));
      return common;
    } catch (error) {
      if (REFUSALS.includes((error as Error).name)) {
        return { ...common, refusal: (error as Error).message };
      }
      throw error;
    }
  }

  async #want(
    lease: LeaseRecord,
    { duration, reason }: Omit<ExtensionOrder, 'leaseId'>,
  ): Promise<WantedExtension> {
    return {
      lease,
      leases: await this.#withItsBundle(lease),
      byMs: readExtension(duration),
      reason,
    };
  }

  #isForPeople({ lease, byMs }: WantedExtension): boolean {
    return (
      needsApproval(lease, byMs) &&
      'upToMs' in this.#extensions.approvable(lease)
    );
  }

  async #ask(
    wanted: WantedExtension,
    options: WriteOptions<ExtendedLease>,
  ): Promise<ExtendedLease> {
    const { id } = wanted.lease;
    const { caller, also } = options;
    const view = await this.#extensions.ask(wanted, {
      caller,
      also: async (ledger, asked, now) =>
        await also?.(
          ledger,
          { lease: byId(asked.leases, id), request: asked },
          now,
        ),
    });
    return { lease: byId(view.leases, id), request: view };
  }

  async #move(
    wanted: WantedExtension,
    options: WriteOptions<ExtendedLease>,
  ): Promise<ExtendedLease> {
    const { id } = wanted.lease;
    const moved = await writeWishes(this.#ledger, {
      leaseIds: wanted.leases.map(lease => lease.id),
      decide: await this.#deciderOf(wanted, options),
      also: async (ledger, { leases, now }) =>
        await options.also?.(ledger, { lease: byId(leases, id) }, now),
    });
    return { lease: byId(moved, id) };
  }

  /** What is moved at once. Of a bundle all parts, or none. */
  async #deciderOf(
    { lease: target, leases, byMs, reason }: WantedExtension,
    { caller }: CallOptions,
  ): Promise<(lease: LeaseRecord, now: Instant) => Wish | undefined> {
    const { actor, via } = caller;
    const profiles = await readProfiles(this.#ledger, {
      hashes: leases.map(lease => lease.profileHash),
    });
    return (lease, now) => {
      assertWithinHours(lease, profiles.get(lease.profileHash), byMs);
      if (lease.id !== target.id && takesItsEndLater(lease)) {
        return undefined;
      }
      const canExtend =
        this.#providers.get(lease.provider)?.supports.extend ?? false;
      const approvable = this.#extensions.approvable(lease);
      return askForExtension(lease, {
        actor,
        via,
        now,
        byMs,
        canExtend,
        why: reason,
        beyond: 'refusal' in approvable ? approvable.refusal : undefined,
      });
    };
  }

  async #withItsBundle(lease: LeaseRecord): Promise<LeaseRecord[]> {
    return lease.bundle
      ? await readLeasesOfRequests(this.#ledger, {
          requestIds: [lease.requestId],
        })
      : [lease];
  }
}

/** @throws InputError naming the field */
function readExtension(duration: unknown): number {
  const byMs = parseDuration(duration);
  if (byMs === undefined) {
    throw new InputError(
      'duration is not a duration such as 30m, PT30M or { minutes: 30 }',
    );
  }
  if (byMs <= 0 || byMs > LONGEST_DURATION_MS) {
    throw new InputError(
      'duration must be more than zero, and no more than the lease can be extended by',
    );
  }
  return byMs;
}

function byId(leases: LeaseRecord[], id: string): LeaseRecord {
  return leases.find(lease => lease.id === id)!;
}

/** @throws InputError when the end would be outside the hours of its profile */
function assertWithinHours(
  { expiresAt, profileTitle }: LeaseRecord,
  profile: PinnedProfile | undefined,
  byMs: number,
): void {
  const outside =
    expiresAt !== undefined &&
    outsideHours({
      hours: profile?.hours,
      from: expiresAt,
      until: expiresAt + byMs,
    });
  if (outside) {
    throw new InputError(`duration: ${profileTitle} ${outside}`);
  }
}
