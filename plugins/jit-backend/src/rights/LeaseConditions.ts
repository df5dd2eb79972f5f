import {
  createConditionAuthorizer,
  createConditionTransformer,
  PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  JitLeaseMatch,
  jitLeasePermissionResourceRef,
  JitLeaseResource,
} from '@backstage-jit/plugin-jit-node';
import { Ledger } from '../database/Ledger';
import { readLeaseResources } from '../database/operations/leases/readLeaseResources';
import { LeaseCriteria } from '../database/operations/leases/whereMatches';
import { Caller, LeasePermission, notLetThrough } from './Caller';

/** The rules that conditions are made of: ours, and those that modules add. */
export type LeaseRuleset = PermissionRuleset<
  JitLeaseResource,
  JitLeaseMatch,
  typeof jitLeasePermissionResourceRef.resourceType
>;

/**
 * Applies the decisions of a permission policy that depend on the lease. A lease is to them what the ledger says: owners of the target and
 * approvers as they were at the last look into the catalog.
 */
export class LeaseConditions {
  readonly #ledger: Ledger;
  readonly #isLetThrough: ReturnType<
    typeof createConditionAuthorizer<JitLeaseResource>
  >;
  readonly #toCriteria: ReturnType<
    typeof createConditionTransformer<JitLeaseMatch>
  >;

  constructor(options: { ledger: Ledger; rules: LeaseRuleset }) {
    this.#ledger = options.ledger;
    this.#isLetThrough = createConditionAuthorizer(options.rules);
    this.#toCriteria = createConditionTransformer(options.rules);
  }

  /** Whether the permission is let through for each of the leases. */
  async hold(
    caller: Caller,
    permission: LeasePermission,
    leaseIds: string[],
  ): Promise<boolean> {
    const decision = await caller.decisionOn(permission);
    if (!('conditions' in decision)) {
      return this.#isLetThrough(decision, undefined);
    }
    const resources = await readLeaseResources(this.#ledger, { ids: leaseIds });
    return leaseIds.every(id =>
      this.#isLetThrough(decision, resources.get(id)),
    );
  }

  /** @throws NotAllowedError naming the permission, when it is not let through for one of the leases */
  async demand(
    caller: Caller,
    permission: LeasePermission,
    leaseIds: string[],
  ): Promise<void> {
    if (!(await this.hold(caller, permission, leaseIds))) {
      throw notLetThrough(permission);
    }
  }

  /**
   * For which leases the permission is let through; for all when not given.
   *
   * @throws NotAllowedError naming the permission, when it is for none
   */
  async criteriaOf(
    caller: Caller,
    permission: LeasePermission,
  ): Promise<LeaseCriteria | undefined> {
    await caller.demand(permission);
    const decision = await caller.decisionOn(permission);
    return 'conditions' in decision
      ? this.#toCriteria(decision.conditions)
      : undefined;
  }
}
