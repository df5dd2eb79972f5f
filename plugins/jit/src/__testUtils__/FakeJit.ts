import {
  AccessRequest,
  BundleOffer,
  ConnectionHealth,
  CreateRequest,
  IssuedCredentials,
  JitApi,
  Lease,
  LeaseEvent,
  PresenceEntry,
  ProfileOffer,
  RequestPreview,
} from '@backstage-jit/plugin-jit-common';
import { aLease, NADIA } from './aLease';
import { fakeExtensions } from './fakeExtensions';
import { fakeRequests, requestOf } from './fakeRequests';
import { matches } from './matches';
import { refused } from './refused';

/** What stands in a made-up backend. */
export interface FakeWorld {
  me: string;
  /** The ledger's clock, in epoch milliseconds. */
  now: () => number;
  leases: Lease[];
  events: LeaseEvent[];
  offers: ProfileOffer[];
  bundles?: BundleOffer[];
  /** Set while the catalog does not answer. */
  catalogAsOf?: string;
  presence: PresenceEntry[];
  /** Undefined for who is no operator. */
  connections?: ConnectionHealth[];
  /** Of all requests that are not among `requests`. */
  steps: AccessRequest['steps'];
  /** Those that others asked for, and that wait for the reader. */
  requests: AccessRequest[];
  preview?: RequestPreview;
  credentials: IssuedCredentials;
  /** What an export comes to. */
  exportLines?: JitApi['exportEvents'];
  /** Runs before each call: throws or waits in its place. */
  before?: (call: string, args: unknown[]) => Promise<void>;
}

type Fake = Pick<
  JitApi,
  | 'getMe'
  | 'listOffers'
  | 'createRequest'
  | 'previewRequest'
  | 'listRequests'
  | 'getRequest'
  | 'decideRequest'
  | 'withdrawRequest'
  | 'listLeases'
  | 'getLease'
  | 'listLeaseEvents'
  | 'extendLease'
  | 'previewExtension'
  | 'protectLease'
  | 'endLease'
  | 'reviewLease'
  | 'issueCredentials'
  | 'retryLease'
  | 'listPresence'
  | 'listConnections'
>;

export function aWorld(changes: Partial<FakeWorld> = {}): FakeWorld {
  return {
    me: NADIA,
    now: () => Date.now(),
    leases: [],
    events: [],
    offers: [],
    presence: [],
    steps: [],
    requests: [],
    credentials: { forms: [] },
    ...changes,
  };
}

/** The calls of the portal on a world in memory. What it answers at once, a real backend takes a few looks for. */
export function fakeJit(world: FakeWorld): JitApi {
  const answer = <T extends object>(value: T) => ({
    ...value,
    now: new Date(world.now()).toISOString(),
  });
  const find = async (id: string) => {
    const lease = world.leases.find(each => each.id === id);
    if (!lease) {
      throw await refused(404, `There is no lease ${id}`);
    }
    return lease;
  };
  const replace = (lease: Lease) => {
    world.leases = world.leases.map(each =>
      each.id === lease.id ? { ...lease, version: lease.version + 1 } : each,
    );
    return answer({ lease });
  };
  const requests = fakeRequests(world, { answer, replace });

  const api: Fake = {
    getMe: async () =>
      answer({
        userEntityRef: world.me,
        operator: world.connections !== undefined,
      }),
    listOffers: async () =>
      answer({
        items: world.offers,
        bundles: world.bundles,
        catalogAsOf: world.catalogAsOf,
      }),
    previewRequest: async request =>
      answer(world.preview ?? previewOf(request)),
    createRequest: async request => {
      const leases = leasesFor(world, request);
      world.leases = [...leases, ...world.leases];
      return answer({ request: requestOf(world, leases), leases });
    },
    ...requests,
    listLeases: async (query = {}) => {
      const matching = world.leases.filter(lease =>
        matches(lease, query, world.me),
      );
      const from = Number(query.cursor ?? 0);
      const to = from + (query.limit ?? 50);
      return answer({
        items: matching.slice(from, to),
        ...(to < matching.length && { nextCursor: String(to) }),
      });
    },
    getLease: async id => answer({ lease: await find(id) }),
    listLeaseEvents: async id =>
      answer({
        items: world.events.map(event => ({ ...event, leaseId: id })),
      }),
    ...fakeExtensions(world, { answer, find, replace }),
    protectLease: async (id, { until }) => {
      const lease = await find(id);
      const { protectableUntil = '', expiresAt = '' } = lease;
      if (until && Date.parse(until) > Date.parse(protectableUntil)) {
        throw await refused(400, `until is later than ${protectableUntil}`);
      }
      return replace({
        ...lease,
        protectedUntil: until ?? undefined,
        ...(until &&
          Date.parse(until) > Date.parse(expiresAt) && { expiresAt: until }),
      });
    },
    endLease: async id => {
      const lease = await find(id);
      if (lease.state === 'revoked') {
        throw await refused(409, `Lease ${id} has ended already (revoked)`);
      }
      const endedAt = new Date(world.now()).toISOString();
      return replace(
        lease.state === 'approved'
          ? { ...lease, state: 'withdrawn', endReason: 'returned', endedAt }
          : { ...lease, state: 'revoking', endReason: 'returned', endedAt },
      );
    },
    reviewLease: async id => {
      const lease = await find(id);
      return replace({
        ...lease,
        breakGlass: {
          ...lease.breakGlass!,
          reviewedAt: new Date(world.now()).toISOString(),
          reviewedBy: world.me,
        },
      });
    },
    issueCredentials: async () => answer({ credentials: world.credentials }),
    retryLease: async id => answer({ lease: await find(id) }),
    listPresence: async () => answer({ items: world.presence }),
    listConnections: async () => {
      if (!world.connections) {
        throw await refused(403, 'Only operators see this');
      }
      return answer({ items: world.connections });
    },
  };
  return {
    ...guarded(api, world),
    exportEvents: (...args: Parameters<JitApi['exportEvents']>) =>
      (world.exportLines ?? noLines)(...args),
  } as JitApi;
}

async function* noLines(): AsyncGenerator<string> {
  yield '{"end":{"events":0}}\n';
}

function guarded(api: Fake, world: FakeWorld): Fake {
  const wrapped = Object.entries(api).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      await world.before?.(name, args);
      return await (call as (...all: unknown[]) => Promise<unknown>)(...args);
    },
  ]);
  return Object.fromEntries(wrapped);
}

/** All at once active, or scheduled. */
function leasesFor(world: FakeWorld, request: CreateRequest): Lease[] {
  const { startsAt, reason } = request;
  const now = world.now();
  const durationMs = lengthOf(request);
  const bundle = world.bundles?.find(
    ({ bundleId }) => bundleId === request.bundleId,
  );
  const offers = [...world.offers, ...(bundle?.parts ?? [])];
  const number = world.leases.length + 1;
  return request.leases.map(({ profileId, entityRef }, index) => {
    const offer = offers.find(each => each.profileId === profileId);
    return aLease(now, {
      id: `made-${number + index}`,
      requestId: `request-${number}`,
      kind: offer?.kind ?? 'access',
      profileId,
      profileTitle: offer?.title ?? profileId,
      entityRef,
      subject: world.me,
      requester: world.me,
      reason,
      durationMs,
      grantedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + durationMs).toISOString(),
      ...(bundle && {
        bundle: {
          id: bundle.bundleId,
          title: bundle.title,
          part: index + 1,
          parts: request.leases.length,
          waiting: false,
        },
      }),
      ...(request.breakGlass && {
        breakGlass: {
          reviewDueAt: new Date(
            now + durationMs + (offer?.breakGlass?.reviewWithinMs ?? 0),
          ).toISOString(),
        },
      }),
      ...(startsAt && {
        state: 'approved',
        startsAt,
        grantedAt: undefined,
        expiresAt: undefined,
      }),
    });
  });
}

function previewOf(request: Omit<CreateRequest, 'dryRun'>): RequestPreview {
  const durationMs = lengthOf(request);
  return {
    automatic: true,
    ...(request.breakGlass && {
      breakGlass: {
        told: ['group:default/orders-team', 'group:default/security'],
      },
    }),
    leases: request.leases.map(({ profileId }) => ({ profileId, durationMs })),
  };
}

/** That of a bundle stands with its first part. */
function lengthOf({ leases }: Omit<CreateRequest, 'dryRun'>): number {
  return (leases[0].duration as { milliseconds: number }).milliseconds;
}
