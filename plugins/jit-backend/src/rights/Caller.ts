import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  jitOperatePermission,
  jitPermissions,
} from '@backstage-jit/plugin-jit-common';
import { Directory, PeopleRule, Subject } from '../policy';
import { isNamedByRestriction } from './isNamedByRestriction';
import { namesPerson } from './namesPerson';

/** Everything by which it is known who calls and what for. */
export interface CallerOptions {
  credentials: BackstageCredentials;
  /** For histories: an entity ref, or the name of an external access token. */
  actor: string;
  /** The person, normalised; undefined for a service that acts for nobody. */
  user?: string;
  /** The service that acts for the person. */
  via?: string;
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
  readonly service?: string;
  readonly #options: CallerOptions;
  #decisions?: Promise<Map<string, boolean>>;
  #subject?: Promise<Subject | undefined>;

  constructor(options: CallerOptions) {
    this.#options = options;
    this.credentials = options.credentials;
    this.actor = options.actor;
    this.user = options.user;
    this.via = options.via;
    this.service = options.service;
  }

  /**
   * Takes away what the permission framework does not let through.
   *
   * @throws NotAllowedError naming the permission
   */
  async demand(permission: BasicPermission): Promise<void> {
    if (!(await this.#isLetThrough(permission))) {
      throw new NotAllowedError(
        `The permission policy does not allow ${permission.name}`,
      );
    }
  }

  /** Whether an external access token names this very permission: the only right that a service has of its own. */
  isGranted(permission: BasicPermission): boolean {
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
    return (
      namesPerson(this.#options.operators, subject) &&
      (await this.#isLetThrough(jitOperatePermission))
    );
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

  async #isLetThrough(permission: BasicPermission): Promise<boolean> {
    this.#decisions ??= this.#decide();
    return (await this.#decisions).get(permission.name) ?? false;
  }

  async #decide(): Promise<Map<string, boolean>> {
    const { permissions, credentials } = this.#options;
    const decisions = await permissions.authorize(
      jitPermissions.map(permission => ({ permission })),
      { credentials },
    );
    return new Map(
      jitPermissions.map(({ name }, index) => [
        name,
        decisions[index].result === AuthorizeResult.ALLOW,
      ]),
    );
  }
}
