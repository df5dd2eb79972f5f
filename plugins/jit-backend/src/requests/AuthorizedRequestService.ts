import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  CreateRequest,
  jitLeaseEndPermission,
  jitLeaseReadPermission,
  jitLeaseCreatePermission,
  jitLeaseApprovePermission,
  OriginRef,
  RequestDecision,
  RequestPreview,
} from '@backstage-jit/plugin-jit-common';
import { JitOrigin } from '@backstage-jit/plugin-jit-node';
import { RequestView } from '../database/operations/requests/placeRequest';
import { RecordPage } from '../database/page';
import { CallOptions, WriteOptions } from '../leases/LeaseService';
import { CatalogUnavailableError, normaliseEntityRef, Offers } from '../policy';
import { Caller, LeasePermission } from '../rights/Caller';
import { LeaseConditions } from '../rights/LeaseConditions';
import { RequestParties } from '../rights/RequestParties';
import { TargetReader } from '../rights/TargetReader';
import { OfferQuery, RequestService } from './RequestService';

/**
 * Lets each call through only for whom the request names. Somebody else's request does not exist.
 */
export class AuthorizedRequestService implements RequestService {
  readonly #requests: RequestService;
  readonly #targets: TargetReader;
  readonly #parties: RequestParties;
  readonly #conditions: LeaseConditions;
  readonly #origins: ReadonlyMap<string, JitOrigin>;

  constructor(options: {
    requests: RequestService;
    targets: TargetReader;
    parties: RequestParties;
    conditions: LeaseConditions;
    /** By type. */
    origins: ReadonlyMap<string, JitOrigin>;
  }) {
    this.#requests = options.requests;
    this.#targets = options.targets;
    this.#parties = options.parties;
    this.#conditions = options.conditions;
    this.#origins = options.origins;
  }

  async listOffers(query: OfferQuery, options: CallOptions): Promise<Offers> {
    const { caller } = options;
    caller.demandUser('be offered something');
    await caller.demand(jitLeaseCreatePermission);
    try {
      if (query.entityRef) {
        await this.#targets.demandReadable(query.entityRef, caller);
      }
      return await this.#requests.listOffers(query, options);
    } catch (error) {
      // Whether the entity may be read is not known then: nothing is told of it but what config says to members of the groups.
      if (
        !CatalogUnavailableError.isOutage(error) ||
        caller.via !== undefined
      ) {
        throw error;
      }
      return await this.#requests.listOffers(
        { ...query, byCopy: true },
        options,
      );
    }
  }

  async create(
    request: CreateRequest,
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    await this.#demandMayAsk(request, options.caller);
    return await this.#requests.create(request, options);
  }

  async preview(
    request: CreateRequest,
    options: CallOptions,
  ): Promise<RequestPreview> {
    await this.#demandMayAsk(request, options.caller);
    return await this.#requests.preview(request, options);
  }

  async getRequest(id: string, options: CallOptions): Promise<RequestView> {
    const { caller } = options;
    const permission = jitLeaseReadPermission;
    await caller.demand(permission);
    const view = await this.#visible(id, options);
    if (!(await this.#conditions.hold(caller, permission, leasesOf(view)))) {
      throw noSuchRequest(id);
    }
    return view;
  }

  async listRequests(
    query: Parameters<RequestService['listRequests']>[0],
    options: CallOptions,
  ): Promise<RecordPage<RequestView>> {
    const { caller } = options;
    const criteria = await this.#conditions.criteriaOf(
      caller,
      jitLeaseReadPermission,
    );
    if (query.waitingForCaller) {
      caller.demandUser('be waited for');
    } else if (caller.isGranted(jitLeaseReadPermission)) {
      return await this.#requests.listRequests(query, options);
    }
    const person = caller.demandUser('list requests');
    const { requester, subject } = query.filter;
    const ownOnly = requester === person || subject === person;
    if (ownOnly && !query.waitingForCaller) {
      // One's own can be listed while the catalog is away.
      return await this.#requests.listRequests(
        { ...query, criteria, visibleTo: { person, groups: [] } },
        options,
      );
    }
    const all = await caller.isOperator();
    const { groups = [] } = (await caller.subject()) ?? {};
    const decider = { person, groups };
    return await this.#requests.listRequests(
      {
        ...query,
        criteria,
        filter: {
          ...query.filter,
          ...(query.waitingForCaller && { waitingFor: decider }),
        },
        ...(!all && { visibleTo: decider }),
      },
      options,
    );
  }

  async decide(
    order: RequestDecision & { id: string },
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const { caller } = options;
    caller.demandUser('decide about a request');
    if (caller.via !== undefined) {
      throw new NotAllowedError(
        'Only a person decides about a request, and no service on behalf of one',
      );
    }
    await this.#demandOnVisible(order.id, jitLeaseApprovePermission, options);
    return await this.#requests.decide(order, options);
  }

  async withdraw(
    order: { id: string },
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const { caller } = options;
    const { request } = await this.#demandOnVisible(
      order.id,
      jitLeaseEndPermission,
      options,
    );
    if (!isOwn(request, caller) && !(await caller.isOperator())) {
      throw new NotAllowedError(
        'Only the requester, the subject and operators may withdraw a request',
      );
    }
    return await this.#requests.withdraw(order, options);
  }

  async #demandMayAsk(request: CreateRequest, caller: Caller): Promise<void> {
    await caller.demand(jitLeaseCreatePermission);
    if (request.origin) {
      this.#demandMayName(request.origin, caller);
    }
    if (request.breakGlass) {
      demandMayBreakGlass(request, caller);
    }
    if (caller.user === undefined) {
      if (!caller.isGranted(jitLeaseCreatePermission)) {
        throw new NotAllowedError(
          `The access token does not name ${jitLeaseCreatePermission.name}`,
        );
      }
      return;
    }
    const refs = request.leases.flatMap(({ entityRef }) => entityRef ?? []);
    for (const ref of new Set(refs)) {
      const entityRef = normaliseEntityRef(ref);
      if (entityRef) {
        await this.#demandReadable(entityRef, request, caller);
      }
    }
  }

  /** A catalog that does not answer keeps nobody from breaking the glass: whoever may not is refused by the groups they are in. */
  async #demandReadable(
    entityRef: string,
    { breakGlass }: CreateRequest,
    caller: Caller,
  ): Promise<void> {
    try {
      await this.#targets.demandReadable(entityRef, caller);
    } catch (error) {
      if (!breakGlass || !CatalogUnavailableError.isOutage(error)) {
        throw error;
      }
    }
  }

  /** Whose leases end with a thing is said by the service that knows of the thing, and by nobody else. */
  #demandMayName({ type }: OriginRef, caller: Caller): void {
    const origin = this.#origins.get(type);
    if (caller.user === undefined || caller.via === undefined) {
      throw new NotAllowedError(
        'Only a service that acts on behalf of a person may name an origin',
      );
    }
    if (!origin) {
      throw new InputError(
        `origin.type ${type} is not one that leases can be made for`,
      );
    }
    if (caller.via !== origin.service) {
      throw new NotAllowedError(
        `Only ${origin.service} may name a ${type} as the origin of a lease`,
      );
    }
  }

  async #visible(id: string, options: CallOptions): Promise<RequestView> {
    const { caller } = options;
    const view = await this.#requests.getRequest(id, options);
    const seen =
      isOwn(view.request, caller) ||
      caller.isGranted(jitLeaseReadPermission) ||
      (await caller.isOperator()) ||
      (await this.#parties.includes(caller, { requestId: id }));
    if (!seen) {
      throw noSuchRequest(id);
    }
    return view;
  }

  /** The request, for those who see it and whom the permission policy lets do something with each of its leases. */
  async #demandOnVisible(
    id: string,
    permission: LeasePermission,
    options: CallOptions,
  ): Promise<RequestView> {
    const { caller } = options;
    await caller.demand(permission);
    const view = await this.#visible(id, options);
    await this.#conditions.demand(caller, permission, leasesOf(view));
    return view;
  }
}

function noSuchRequest(id: string): NotFoundError {
  return new NotFoundError(`There is no request ${id}`);
}

/** The leases that a request is for, or about. */
function leasesOf({ request, leases }: RequestView): string[] {
  return [
    ...leases.map(({ id }) => id),
    ...(request.extendsLeaseId ? [request.extendsLeaseId] : []),
  ];
}

function isOwn(
  { requester, subject }: RequestView['request'],
  { user }: Caller,
): boolean {
  return user !== undefined && (user === requester || user === subject);
}

/** An emergency is a person's own: seen by others at once, and by nobody before. */
function demandMayBreakGlass(request: CreateRequest, caller: Caller): void {
  const { subject, startsAt, origin } = request;
  if (caller.user === undefined || caller.via !== undefined) {
    throw new NotAllowedError(
      'Only a person can break the glass, and no service on behalf of one',
    );
  }
  if (subject !== undefined && normaliseEntityRef(subject) !== caller.user) {
    throw new NotAllowedError('The glass can only be broken for oneself');
  }
  if (startsAt !== undefined || origin !== undefined) {
    throw new InputError(
      'breakGlass goes with neither startsAt nor origin: it is for now, and for oneself',
    );
  }
}
