import {
  AccessRequest,
  Answer,
  JitApi,
  Lease,
} from '@backstage-jit/plugin-jit-common';
import type { FakeWorld } from './FakeJit';
import { refused } from './refused';

type FakeRequests = Pick<
  JitApi,
  'listRequests' | 'getRequest' | 'decideRequest' | 'withdrawRequest'
>;

/** The calls about requests. One approval is all that a step of this world needs to be done. */
export function fakeRequests(
  world: FakeWorld,
  tools: {
    answer: <T extends object>(value: T) => Answer<T>;
    replace: (lease: Lease) => void;
  },
): FakeRequests {
  const { answer, replace } = tools;
  const leasesOf = (id: string) =>
    world.leases.filter(each => each.requestId === id);
  const find = async (id: string) => {
    const leases = leasesOf(id);
    const request =
      world.requests.find(each => each.id === id) ??
      (leases.length ? requestOf(world, leases) : undefined);
    if (!request) {
      throw await refused(404, `There is no request ${id}`);
    }
    return request;
  };

  return {
    listRequests: async (query = {}) =>
      answer({
        items: world.requests.filter(
          request =>
            (!query.state || query.state.includes(request.state)) &&
            (!query.waitingFor || request.state === 'pending'),
        ),
      }),
    getRequest: async id =>
      answer({ request: await find(id), leases: leasesOf(id) }),
    decideRequest: async (id, order) => {
      const request = await find(id);
      if (request.revision !== order.revision) {
        throw await refused(
          409,
          `Request ${id} has changed: it is at revision ${request.revision}`,
        );
      }
      if (request.state !== 'pending') {
        throw await refused(409, `Request ${id} is ${request.state} already`);
      }
      const decidedAt = new Date(world.now()).toISOString();
      const decision = {
        by: world.me,
        decision: order.decision,
        at: decidedAt,
        comment: order.comment,
      };
      const open = request.steps.findIndex(step => step.state === 'open');
      const steps = request.steps.map((step, index) =>
        index === open
          ? { ...step, decisions: [...step.decisions, decision] }
          : step,
      );
      const next: AccessRequest = {
        ...request,
        steps,
        decidedAt,
        lapsesAt: undefined,
        state: order.decision === 'approve' ? 'approved' : 'denied',
      };
      world.requests = world.requests.map(each =>
        each.id === id ? next : each,
      );
      return answer({ request: next, leases: leasesOf(id) });
    },
    withdrawRequest: async id => {
      const request = world.requests.find(each => each.id === id);
      if (request?.extends) {
        const withdrawn: AccessRequest = { ...request, state: 'withdrawn' };
        world.requests = world.requests.map(each =>
          each.id === id ? withdrawn : each,
        );
        world.leases
          .filter(({ extensionAsked }) => extensionAsked?.requestId === id)
          .forEach(lease => replace({ ...lease, extensionAsked: undefined }));
        return answer({ request: withdrawn, leases: [] });
      }
      const leases = leasesOf(id);
      for (const lease of leases) {
        replace({ ...lease, state: 'withdrawn', endReason: 'returned' });
      }
      return answer({ request: requestOf(world, leases), leases });
    },
  };
}

/** The request that leases of this world were asked for by. */
export function requestOf(world: FakeWorld, leases: Lease[]): AccessRequest {
  const [first] = leases;
  return {
    id: first.requestId,
    state: stateOf(first),
    requester: world.me,
    subject: world.me,
    requestedAt: first.requestedAt,
    ...(first.state === 'requested' && {
      lapsesAt: new Date(
        Date.parse(first.requestedAt) + 8 * 3_600_000,
      ).toISOString(),
    }),
    steps: world.steps,
    revision: 1,
    leaseIds: leases.map(({ id }) => id),
  };
}

function stateOf({ state }: Lease): AccessRequest['state'] {
  switch (state) {
    case 'requested':
      return 'pending';
    case 'denied':
    case 'withdrawn':
    case 'lapsed':
      return state;
    default:
      return 'approved';
  }
}
