import { NotAllowedError } from '@backstage/errors';
import {
  IssuedCredentials,
  jitLeaseRevealPermission,
  jitLeaseEndPermission,
  jitLeaseExtendPermission,
  jitLeaseProtectPermission,
  jitLeaseReadPermission,
  jitOperatePermission,
  jitLeaseApprovePermission,
} from '@backstage-jit/plugin-jit-common';
import { JitOrigin } from '@backstage-jit/plugin-jit-node';
import { RecordPage } from '../database/page';
import { LeaseEventRecord } from '../events/LeaseEventRecord';
import { Caller, LeasePermission } from '../rights/Caller';
import { CATALOG_SERVICE } from '../rights/CallerFactory';
import { LeaseConditions } from '../rights/LeaseConditions';
import { RequestParties } from '../rights/RequestParties';
import { TargetOwners } from '../rights/TargetOwners';
import { TargetReader } from '../rights/TargetReader';
import { noSuchLease } from './leaseId';
import {
  CallOptions,
  ExtendedLease,
  ExtensionOrder,
  LeaseService,
  Presence,
  PreviewedExtension,
  WriteOptions,
} from './LeaseService';
import { LeaseRecord } from './records';

/**
 * Lets each call through only for whom the lease and its profile name. The permission framework can take rights away, never give one; the
 * one exception is an external access token, which has just the permissions it names.
 *
 * Somebody else's lease does not exist.
 */
export class AuthorizedLeaseService implements LeaseService {
  readonly #leases: LeaseService;
  readonly #owners: TargetOwners;
  readonly #targets: TargetReader;
  readonly #parties: RequestParties;
  readonly #conditions: LeaseConditions;
  readonly #origins: ReadonlyMap<string, JitOrigin>;

  constructor(options: {
    leases: LeaseService;
    owners: TargetOwners;
    targets: TargetReader;
    parties: RequestParties;
    conditions: LeaseConditions;
    origins: ReadonlyMap<string, JitOrigin>;
  }) {
    this.#leases = options.leases;
    this.#owners = options.owners;
    this.#targets = options.targets;
    this.#parties = options.parties;
    this.#conditions = options.conditions;
    this.#origins = options.origins;
  }

  async getLease(id: string, options: CallOptions): Promise<LeaseRecord> {
    const { caller } = options;
    const permission = jitLeaseReadPermission;
    await caller.demand(permission);
    const lease = await this.#visible(id, options, permission);
    if (!(await this.#conditions.hold(caller, permission, [id]))) {
      throw noSuchLease(id);
    }
    return lease;
  }

  async listLeases(
    query: Parameters<LeaseService['listLeases']>[0],
    options: CallOptions,
  ): Promise<RecordPage<LeaseRecord>> {
    const { caller } = options;
    const criteria = await this.#conditions.criteriaOf(
      caller,
      jitLeaseReadPermission,
    );
    if (caller.isGranted(jitLeaseReadPermission)) {
      return await this.#leases.listLeases(query, options);
    }
    const person = caller.demandUser('list leases');
    const { subject, requester } = query.filter;
    const ownOnly = subject === person || requester === person;
    if (!ownOnly && (await caller.isOperator())) {
      return await this.#leases.listLeases({ ...query, criteria }, options);
    }
    // One's own can be listed while the catalog is away.
    const others = ownOnly
      ? { owned: [], deciders: [] }
      : await this.#visibleOfOthers(caller);
    return await this.#leases.listLeases(
      { ...query, criteria, visibleTo: { person, ...others } },
      options,
    );
  }

  async listEvents(
    query: { leaseId: string; after?: number; limit: number },
    options: CallOptions,
  ): Promise<LeaseEventRecord[]> {
    await this.getLease(query.leaseId, options);
    return await this.#leases.listEvents(query, options);
  }

  async extend(
    order: ExtensionOrder,
    options: WriteOptions<ExtendedLease>,
  ): Promise<ExtendedLease> {
    await this.#demandMayExtend(order.leaseId, options);
    return await this.#leases.extend(order, options);
  }

  async previewExtension(
    order: ExtensionOrder,
    options: CallOptions,
  ): Promise<PreviewedExtension> {
    await this.#demandMayExtend(order.leaseId, options);
    return await this.#leases.previewExtension(order, options);
  }

  async protect(
    order: { leaseId: string; until: string | null; why?: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const { caller } = options;
    const permission = jitLeaseProtectPermission;
    await caller.demand(permission);
    const lease = await this.#visible(order.leaseId, options, permission);
    if (
      !isOwn(lease, caller) &&
      !caller.isGranted(permission) &&
      !(await caller.isOperator())
    ) {
      throw new NotAllowedError(
        'Only the subject and the requester of a lease, and operators, may protect it',
      );
    }
    await this.#conditions.demand(caller, permission, [lease.id]);
    return await this.#leases.protect(order, options);
  }

  async end(
    order: { leaseId: string; why?: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const { caller } = options;
    const permission = jitLeaseEndPermission;
    await caller.demand(permission);
    // Whoever sees a lease in full may end it.
    const { id } = await this.#visible(order.leaseId, options, permission);
    await this.#conditions.demand(caller, permission, [id]);
    return await this.#leases.end(order, options);
  }

  async review(
    order: { leaseId: string; comment: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const { caller } = options;
    caller.demandUser('review a lease');
    if (caller.via !== undefined) {
      throw new NotAllowedError(
        'Only a person reviews a lease, and no service on behalf of one',
      );
    }
    const permission = jitLeaseApprovePermission;
    await caller.demand(permission);
    // Whoever sees a lease in full may review it, but not those whose it is.
    const { id } = await this.#visible(order.leaseId, options);
    await this.#conditions.demand(caller, permission, [id]);
    return await this.#leases.review(order, options);
  }

  async retry(
    order: { leaseId: string },
    options: WriteOptions<LeaseRecord>,
  ): Promise<LeaseRecord> {
    const { caller } = options;
    await caller.demand(jitOperatePermission);
    await this.#visible(order.leaseId, options, jitOperatePermission);
    await caller.demandOperator();
    return await this.#leases.retry(order, options);
  }

  async issueCredentials(
    order: { leaseId: string },
    options: CallOptions,
  ): Promise<IssuedCredentials> {
    const { caller } = options;
    const person = caller.demandUser('have credentials');
    const permission = jitLeaseRevealPermission;
    await caller.demand(permission);
    const lease = await this.#visible(order.leaseId, options);
    if (lease.subject !== person) {
      throw new NotAllowedError(
        'Only the subject of a lease is given its credentials',
      );
    }
    await this.#conditions.demand(caller, permission, [lease.id]);
    return await this.#leases.issueCredentials(order, options);
  }

  async listPresence(
    query: { entityRef: string },
    options: CallOptions,
  ): Promise<Presence[]> {
    const { caller } = options;
    const criteria = await this.#conditions.criteriaOf(
      caller,
      jitLeaseReadPermission,
    );
    if (!caller.isGranted(jitLeaseReadPermission)) {
      caller.demandUser('see who is in');
    }
    await this.#targets.demandReadable(query.entityRef, caller);
    return await this.#leases.listPresence({ ...query, criteria }, options);
  }

  async listEnvironments(options: CallOptions): Promise<LeaseRecord[]> {
    if (options.caller.service !== CATALOG_SERVICE) {
      throw new NotAllowedError(
        'Only the catalog itself is told of all environments',
      );
    }
    return await this.#leases.listEnvironments(options);
  }

  async #demandMayExtend(leaseId: string, options: CallOptions): Promise<void> {
    const { caller } = options;
    const permission = jitLeaseExtendPermission;
    await caller.demand(permission);
    const lease = await this.#visible(leaseId, options, permission);
    if (!isOwn(lease, caller) && !caller.isGranted(permission)) {
      throw new NotAllowedError(
        'Only the subject and the requester of a lease may extend it',
      );
    }
    await this.#conditions.demand(caller, permission, [lease.id]);
  }

  /**
   * The lease, for those who see it in full: its subject and requester, its approvers, its trusted target's owners, operators, the service that it was made
   * for, and a token that names the permission.
   */
  async #visible(
    id: string,
    options: CallOptions,
    permission?: LeasePermission | typeof jitOperatePermission,
  ): Promise<LeaseRecord> {
    const { caller } = options;
    const lease = await this.#leases.getLease(id, options);
    const seen =
      isOwn(lease, caller) ||
      this.#isMadeFor(lease, caller) ||
      (permission !== undefined && caller.isGranted(permission)) ||
      (await caller.isOperator()) ||
      (await this.#owners.owns(await caller.subject(), lease)) ||
      (await this.#parties.includes(caller, lease));
    if (!seen) {
      throw noSuchLease(id);
    }
    return lease;
  }

  /** What of others' leases the person sees: by what they own, and by what they have to do with the decision about. */
  async #visibleOfOthers(caller: Caller) {
    const subject = await caller.subject();
    return {
      owned: await this.#owners.ownedBy(subject),
      deciders: subject ? [subject.ref, ...subject.groups] : [],
    };
  }

  #isMadeFor({ originType }: LeaseRecord, { service }: Caller): boolean {
    return (
      service !== undefined &&
      originType !== undefined &&
      this.#origins.get(originType)?.service === service
    );
  }
}

function isOwn(lease: LeaseRecord, { user }: Caller): boolean {
  return (
    user !== undefined && (user === lease.subject || user === lease.requester)
  );
}
