import {
  aLease,
  aRequest,
  FakeWorld,
  NADIA,
  READ,
  WRITE,
} from '../src/__testUtils__';
import { approvalOfWrite } from './glass';

const NOT_ON_CALL = [
  { source: 'on-call', satisfied: false, why: `${NADIA} is not on call` },
];

/** What an on-call list grants at once: with people for the others, and without; and one that was asked for all the same. */
export function byContext(): Partial<FakeWorld> {
  const now = Date.now();
  const context = ['on-call'];
  const asked = aLease(now, {
    profileId: WRITE.profileId,
    profileTitle: WRITE.title,
    state: 'requested',
    grantedAt: undefined,
    expiresAt: undefined,
  });
  const request = aRequest(now, { id: asked.requestId, leaseIds: [asked.id] });
  return {
    leases: [asked],
    requests: [
      {
        ...request,
        asked: request.asked?.map(each => ({ ...each, context: NOT_ON_CALL })),
      },
    ],
    offers: [
      {
        ...WRITE,
        automatic: false,
        context,
        approval: [{ rule: 'owners of the target', count: 1 }],
      },
      { ...READ, automatic: false, context },
    ],
    preview: approvalOfWrite && {
      ...approvalOfWrite,
      leases: approvalOfWrite.leases.map(each => ({
        ...each,
        context: NOT_ON_CALL,
      })),
    },
  };
}
