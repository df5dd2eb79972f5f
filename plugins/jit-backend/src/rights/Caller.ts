import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  jitBasicPermissions,
  jitLeasePermissions,
  jitOperatePermission,
} from '@backstage-jit/plugin-jit-common';
import { Directory, PeopleRule, Subject } from '../policy';
import { isNamedByRestriction } from './isNamedByRestriction';
import { namesPerson } from './namesPerson';

const DENIED: PolicyDecision = { result: AuthorizeResult.DENY };

/** A permission that a policy can let through for some leases only. */
export type LeasePermission = (typeof jitLeasePermissions)[number];

/** Everything by which it is known who calls and what for. */
export interface CallerOptions {
  credentials: BackstageCredentials;
  /** For histories: an entity ref, or the name of an external access token. */
  actor: string;
  /** The person, normalised; undefined for a service that acts for nobody. */
  user?: string;
  /** The service that acts for the person. */
  via?: string;
  /** True when an agent, or a terminal, acts for the person by an action. */
  isAgent?: boolean;
  /** The service that acts for nobody: the catalog, or one that may look at the leases that were made for its own doings. */
  service?: string;
  permissions: PermissionsService;
  directory: Directory;
  operators: PeopleRule[];
}

/**
 * Who makes a call, with what the permission framework and the catalog say of them: each asked at most once, and only when it matters.
 */
export class Caller {
  readonly credentials: BackstageCredentials;
  readonly actor: string;
  readonly user?: string;
  readonly via?: string;
  readonly isAgent: boolean;
  readonly service?: string;
  readonly #options: CallerOptions;
  #decisions?: Promise<Map<string, PolicyDecision>>;
  #subject?: Promise<Subject | undefined>;

  constructor(options: CallerOptions) {
    this.#options = options;
    this.credentials = options.credentials;
    this.actor = options.actor;
    this.user = options.user;
    this.via = options.via;
    this.isAgent = options.isAgent ?? false;
    this.service = options.service;
  }

  /**
   * Takes away what the permission framework does not let through. What it lets through for some leases only passes here: which ones they are
   * is for `LeaseConditions`.
   *
   * @throws NotAllowedError naming the permission
   */
  async demand(permission: Permission): Promise<void> {
    const { result } = await this.#decisionOn(permission);
    if (result === AuthorizeResult.DENY) {
      throw notLetThrough(permission);
    }
  }

  /** What the permission framework says of a permission that may depend on the lease. */
  async decisionOn(permission: LeasePermission): Promise<PolicyDecision> {
    return await this.#decisionOn(permission);
  }

  /** Whether an external access token names this very permission: the only right that a service has of its own. */
  isGranted(permission: Permission): boolean {
    return (
      this.user === undefined &&
      isNamedByRestriction(this.credentials, permission)
    );
  }

  /**
   * The person.
   *
   * @throws NotAllowedError for a service that acts for nobody
   */
  demandUser(what: string): string {
    if (this.user === undefined) {
      throw new NotAllowedError(
        `Only a person can ${what}, or a service on behalf of one`,
      );
    }
    return this.user;
  }

  async isOperator(): Promise<boolean> {
    if (this.user === undefined) {
      return this.isGranted(jitOperatePermission);
    }
    const subject = await this.subject();
    if (!namesPerson(this.#options.operators, subject)) {
      return false;
    }
    const { result } = await this.#decisionOn(jitOperatePermission);
    return result === AuthorizeResult.ALLOW;
  }

  /** @throws NotAllowedError for anybody but an operator */
  async demandOperator(): Promise<void> {
    if (!(await this.isOperator())) {
      throw new NotAllowedError('Only an operator may do that (jit.operators)');
    }
  }

  /**
   * The person as the catalog knows them; undefined when it does not.
   *
   * @throws CatalogUnavailableError
   */
  async subject(): Promise<Subject | undefined> {
    this.#subject ??= this.#lookUp();
    return await this.#subject;
  }

  async #lookUp(): Promise<Subject | undefined> {
    if (this.user === undefined) {
      return undefined;
    }
    const lookup = await this.#options.directory.lookUpSubject(this.user);
    return lookup.status === 'found' ? lookup.subject : undefined;
  }

  async #decisionOn({ name }: Permission): Promise<PolicyDecision> {
    this.#decisions ??= this.#decide();
    return (await this.#decisions).get(name) ?? DENIED;
  }

  async #decide(): Promise<Map<string, PolicyDecision>> {
    const { permissions, credentials } = this.#options;
    const [basic, ofLeases] = await Promise.all([
      permissions.authorize(
        jitBasicPermissions.map(permission => ({ permission })),
        { credentials },
      ),
      permissions.authorizeConditional(
        jitLeasePermissions.map(permission => ({ permission })),
        { credentials },
      ),
    ]);
    return new Map([
      ...byName(jitBasicPermissions, basic),
      ...byName(jitLeasePermissions, ofLeases),
    ]);
  }
}

function byName(
  permissions: Permission[],
  decisions: PolicyDecision[],
): Array<[string, PolicyDecision]> {
  return permissions.map(({ name }, index) => [name, decisions[index]]);
}

/** What a caller is told whom the permission framework does not let through. */
export function notLetThrough({ name }: Permission): NotAllowedError {
  return new NotAllowedError(`The permission policy does not allow ${name}`);
}
