import { UNKNOWN } from './calls';

/** Other calls: who, how, what, and the answer. */
export const BAD_CALLS: Array<
  [string, 'get' | 'post', string, object, number, string]
> = [
  ['ada', 'get', '/leases?colour=red', {}, 400, 'colour'],
  ['ada', 'get', '/leases?limit=0', {}, 400, 'limit'],
  ['ada', 'get', '/leases?limit=201', {}, 400, 'limit'],
  ['ada', 'get', '/leases?cursor=nonsense', {}, 400, 'cursor'],
  ['ada', 'get', '/leases?state=asleep', {}, 400, 'state'],
  ['ada', 'get', '/leases?subject=ada', {}, 400, 'subject'],
  ['ada', 'get', '/leases?stuck=maybe', {}, 400, 'stuck'],
  ['ada', 'get', '/leases?profileId=%00', {}, 400, 'profileId'],
  ['ada', 'get', `/leases/${UNKNOWN}`, {}, 404, UNKNOWN],
  [
    'ada',
    'get',
    '/leases/%27%3B%20drop%20table%20jit_leases%3B--',
    {},
    404,
    `'; drop table`,
  ],
  ['ada', 'get', `/leases/${'%F0%9F%94%91'.repeat(50)}`, {}, 404, '🔑'],
  ['ada', 'get', '/leases/%00', {}, 404, 'There is no lease'],
  ['ada', 'get', `/requests/${UNKNOWN}`, {}, 404, UNKNOWN],
  ['ada', 'get', '/presence', {}, 400, 'entityRef'],
  ['ada', 'get', '/presence?entityRef=x', {}, 400, 'entityRef'],
  [
    'ada',
    'get',
    '/presence?entityRef=resource:default/none',
    {},
    404,
    'resource:default/none',
  ],
  [
    'ada',
    'get',
    '/profiles?entityRef=resource:default/none',
    {},
    404,
    'resource:default/none',
  ],
  ['operator', 'get', '/events/export?from=yesterday', {}, 400, 'from'],
  ['operator', 'post', '/stop', {}, 400, 'why'],
  ['operator', 'post', '/stop', { why: 'x', subject: 'ada' }, 400, 'subject'],
  [
    'operator',
    'post',
    '/stop',
    { why: 'x', profileId: 'a', endLeases: false, refuseNew: false },
    400,
    'nothing would be stopped',
  ],
  ['operator', 'post', '/stops/1/lift', {}, 404, 'There is no stop 1'],
];
