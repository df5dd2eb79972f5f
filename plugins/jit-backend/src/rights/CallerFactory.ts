import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { jitPermissions } from '@backstage-jit/plugin-jit-common';
import { JitOrigin } from '@backstage-jit/plugin-jit-node';
import { Directory, normaliseEntityRef, PeopleRule } from '../policy';
import { Caller } from './Caller';
import { isNamedByRestriction } from './isNamedByRestriction';

/** The catalog, as the auth service names it: it may list environments, to show them as entities. */
export const CATALOG_SERVICE = 'plugin:catalog';

/** Tells from credentials who calls. */
export class CallerFactory {
  readonly #options: {
    auth: AuthService;
    permissions: PermissionsService;
    directory: Directory;
    cachedDirectory: Directory;
    operators: PeopleRule[];
    origins: ReadonlyMap<string, JitOrigin>;
  };

  constructor(options: {
    auth: AuthService;
    permissions: PermissionsService;
    /** For calls that change something. */
    directory: Directory;
    /** For calls that only look, which may believe what was true a moment ago. */
    cachedDirectory: Directory;
    operators: PeopleRule[];
    /** By type: a service may look at the leases that were made for its own. */
    origins: ReadonlyMap<string, JitOrigin>;
  }) {
    this.#options = options;
  }

  /**
   * @throws NotAllowedError for a service that acts for nobody, which would otherwise be allowed everything. Unless it holds an external access
   * token that is restricted to permissions of ours, or only looks, and is the catalog or one that leases are made for
   */
  fromCredentials(
    credentials: BackstageCredentials,
    options: {
      readOnly: boolean;
      /** What acts for the person, when the token does not say. */
      via?: string;
      /** Whether it is by an action, and no call of the API. */
      isAgent?: boolean;
    },
  ): Caller {
    const { auth, permissions, operators } = this.#options;
    const common = {
      credentials,
      permissions,
      operators,
      directory: options.readOnly
        ? this.#options.cachedDirectory
        : this.#options.directory,
    };
    if (auth.isPrincipal(credentials, 'user')) {
      const { userEntityRef, actor } = credentials.principal;
      const user = normaliseEntityRef(userEntityRef);
      if (!user) {
        throw new AuthenticationError('The token names nobody');
      }
      return new Caller({
        ...common,
        actor: user,
        user,
        via: actor?.subject ?? options.via,
        isAgent: options.isAgent,
      });
    }
    if (
      auth.isPrincipal(credentials, 'service') &&
      jitPermissions.some(each => isNamedByRestriction(credentials, each))
    ) {
      return new Caller({ ...common, actor: credentials.principal.subject });
    }
    const service = this.#knownService(credentials);
    if (service && options.readOnly) {
      return new Caller({ ...common, actor: service, service });
    }
    throw new NotAllowedError(
      'A service acts on behalf of a person, or with an external access token that is restricted to permissions of the jit plugin',
    );
  }

  /** The service, when it is the catalog, or leases are made for what it does. */
  #knownService(credentials: BackstageCredentials): string | undefined {
    const { auth, origins } = this.#options;
    if (!auth.isPrincipal(credentials, 'service')) {
      return undefined;
    }
    const { subject, accessRestrictions } = credentials.principal;
    const isKnown =
      subject === CATALOG_SERVICE ||
      [...origins.values()].some(({ service }) => service === subject);
    return isKnown && !accessRestrictions ? subject : undefined;
  }
}
