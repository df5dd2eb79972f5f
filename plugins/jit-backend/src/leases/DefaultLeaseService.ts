import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { Ledger } from '../database/Ledger';
import { listLeaseEvents } from '../database/operations/events/listLeaseEvents';
import { listEnvironments } from '../database/operations/leases/listEnvironments';
import { listLeases } from '../database/operations/leases/listLeases';
import { listPresent } from '../database/operations/leases/listPresent';
import { readLease } from '../database/operations/leases/readLease';
import { readLeasesOfRequests } from '../database/operations/leases/readLeasesOfRequests';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { readProfiles } from '../database/operations/profiles/readProfiles';
import { RecordPage } from '../database/page';
import { JitEngine } from '../engine/JitEngine';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { readInstant } from '../policy/readInstant';
import { CredentialIssuer } from './CredentialIssuer';
import { LeaseExtender } from './LeaseExtender';
import { isId, noSuchLease } from './leaseId';
import {
  CallOptions,
  ExtendedLease,
  ExtensionOrder,
  LeaseService,
  Presence,
  PreviewedExtension,
  WriteOptions,
} from './LeaseService';
import { askForProtection, needsSameProtection } from './protection';
import { Instant, LeaseRecord } from './records';
import { review } from './review';
import { askForEnd, askForRetry, endReasonFor, Wish } from './wishes';

/** More people are not shown at once. */
const MOST_PRESENT = 100;

/**
 * Decides what may happen to a lease, whoever asks. Who may ask is decided round it, by `AuthorizedLeaseService`.
 */
export class DefaultLeaseService implements LeaseService {
  readonly #ledger: Ledger;
  readonly #engine: JitEngine;
  readonly #providers: ReadonlyMap<string, JitProvider>;
  readonly #issuer: CredentialIssuer;
  readonly #extender: LeaseExtender;

  constructor(options: {
    ledger: Ledger;
    engine: JitEngine;
    providers: ReadonlyMap<string, JitProvider>;
    issuer: CredentialIssuer;
    extender: LeaseExtender;
  }) {
    this.#ledger = options.ledger;
    this.#engine = options.engine;
    this.#providers = options.providers;
    this.#issuer = options.issuer;
    this.#extender = options.extender;
  }

  async getLease(id: string, _options: CallOptions): Promise<LeaseRecord> {
    const lease = isId(id) && (await readLease(this.#ledger, { id }));
    if (!lease) {
      throw noSuchLease(id);
    }
    return lease;
  }

  async listLeases(
    query: Parameters<LeaseService['listLeases']>[0],
    _options: CallOptions,
  ): Promise<RecordPage<LeaseRecord>> {
    return await listLeases(this.#ledger, query);
  }

  async listEvents(
    query: { leaseId: string; after?: number; limit: number },
    options: CallOptions,
  ): Promise<LeaseEventRecord[]> {
    await this.getLease(query.leaseId, options);
    return await listLeaseEvents(this.#ledger, query);
  }

  async extend(
    order: ExtensionOrder,
    options: WriteOptions<ExtendedLease>,
  ): Promise<ExtendedLease> {
    const lease = await this.getLease(order.leaseId, options);
    return await this.#extender.extend(lease, order, options);
  }

  async previewExtension(
    order: ExtensionOrder,
    options: CallOptions,
  ): Promise<PreviewedExtension> {
    const lease = await this.getLease(order.leaseId, options);
    const preview = await this.#extender.preview(lease, order, options);
    return { lease, preview };
  }

  async protect(
    order: { leaseId: string; until: string | null; why?: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const until =
      order.until === null ? undefined : readInstant(order.until, 'until');
    const { actor, via } = options.caller;
    const { leaseId, why } = order;
    return await this.#wish(
      leaseId,
      options,
      (lease, now) => {
        if (lease.id !== leaseId && !needsSameProtection(lease)) {
          return undefined;
        }
        const canExtend = this.#canExtend(lease);
        return askForProtection(lease, {
          actor,
          via,
          now,
          until,
          why,
          canExtend,
        });
      },
      each => this.#withItsBundle(each),
    );
  }

  async end(
    order: { leaseId: string; why?: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const { actor, via } = options.caller;
    return await this.#wish(order.leaseId, options, (lease, now) =>
      askForEnd(lease, {
        actor,
        via,
        now,
        reason: endReasonFor(lease, actor),
        why: order.why,
      }),
    );
  }

  async review(
    order: { leaseId: string; comment: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const { actor, via } = options.caller;
    const { comment } = order;
    return await this.#wish(order.leaseId, options, (lease, now) =>
      review(lease, { actor, via, now, comment }),
    );
  }

  async retry(
    order: { leaseId: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const { actor, via } = options.caller;
    return await this.#wish(order.leaseId, options, (lease, now) =>
      askForRetry(lease, { actor, via, now }),
    );
  }

  async issueCredentials(
    order: { leaseId: string },
    options: CallOptions,
  ): Promise<IssuedCredentials> {
    const lease = await this.getLease(order.leaseId, options);
    return await this.#issuer.issue(lease, options.caller);
  }

  async listPresence(
    query: Parameters<LeaseService['listPresence']>[0],
    _options: CallOptions,
  ): Promise<Presence[]> {
    const leases = await listPresent(this.#ledger, {
      ...query,
      limit: MOST_PRESENT,
    });
    const shown = await this.#shown(leases);
    return shown.map(({ subject, profileTitle, expiresAt, breakGlass }) => ({
      subject,
      profileTitle,
      expiresAt,
      breakGlass,
    }));
  }

  async listEnvironments(_options: CallOptions): Promise<LeaseRecord[]> {
    return await this.#shown(await listEnvironments(this.#ledger));
  }

  /** Without those whose profile hides who is in. */
  async #shown(leases: LeaseRecord[]): Promise<LeaseRecord[]> {
    const profiles = await readProfiles(this.#ledger, {
      hashes: leases.map(lease => lease.profileHash),
    });
    return leases.filter(
      lease => profiles.get(lease.profileHash)?.presenceHidden === false,
    );
  }

  #canExtend(lease: LeaseRecord): boolean {
    return this.#providers.get(lease.provider)?.supports.extend ?? false;
  }

  async #wish(
    leaseId: string,
    options: WriteOptions<LeaseRecord>,
    decide: (lease: LeaseRecord, now: Instant) => Wish | undefined,
    concerned: (lease: LeaseRecord) => Promise<string[]> = async ({ id }) => [
      id,
    ],
  ): Promise<LeaseRecord> {
    const lease = await this.getLease(leaseId, options);
    const wishes = await writeWishes(this.#ledger, {
      leaseIds: await concerned(lease),
      decide,
      also: (ledger, { leases, now }) =>
        options.also?.(ledger, byId(leases, lease.id), now) ??
        Promise.resolve(),
    });
    this.#engine.wake();
    return byId(wishes, lease.id);
  }

  /** The end of a bundle is held off for all of its parts, or for none. */
  async #withItsBundle(lease: LeaseRecord): Promise<string[]> {
    if (!lease.bundle) {
      return [lease.id];
    }
    const parts = await readLeasesOfRequests(this.#ledger, {
      requestIds: [lease.requestId],
    });
    return parts.map(part => part.id);
  }
}

function byId(leases: LeaseRecord[], id: string): LeaseRecord {
  return leases.find(lease => lease.id === id)!;
}
