import { InputError } from '@backstage/errors';
import { ExtendLease, LeaseQuery } from '@backstage-jit/plugin-jit-common';
import { Router } from 'express';
import { noteForAudit } from '../audit/notes';
import { encodeCursor } from '../database/page';
import { ExtendedLease, WriteOptions } from '../leases/LeaseService';
import { LeaseRecord } from '../leases/records';
import { toEnvironment } from '../leases/toEnvironment';
import { toLeaseEvent } from '../leases/toLease';
import { readEntityRef } from '../policy';
import { toAccessRequest } from '../requests/toAccessRequest';
import { readLeaseFilter, readName, readPage } from './readQuery';
import { leaseView, RouterContext } from './RouterContext';

const DEFAULT_EVENTS = 500;

/** Reached without a token of Backstage's. */
export const ACTIVITY_PATH = '/v1/leases/:id/activity';

export function addLeaseRoutes(router: Router, context: RouterContext): void {
  const { http, leases, activity, stuck } = context;

  router.get('/v1/leases', async (req, res) => {
    const caller = await http.callerOf(req);
    const query = req.query as LeaseQuery;
    const { items, next } = await leases.listLeases(
      { filter: readLeaseFilter(query, caller, stuck), page: readPage(query) },
      { caller },
    );
    await http.answer(res, now => ({
      items: items.map(leaseView(context, now)),
      ...(next && { nextCursor: encodeCursor(next) }),
    }));
  });

  router.get('/v1/leases/:id', async (req, res) => {
    const caller = await http.callerOf(req);
    const lease = await leases.getLease(req.params.id, { caller });
    await http.answer(res, now => ({ lease: leaseView(context, now)(lease) }));
  });

  router.get('/v1/leases/:id/events', async (req, res) => {
    const caller = await http.callerOf(req);
    const { after, limit = DEFAULT_EVENTS } = req.query as {
      after?: number;
      limit?: number;
    };
    const events = await leases.listEvents(
      { leaseId: req.params.id, after, limit },
      { caller },
    );
    await http.answer(res, () => ({ items: events.map(toLeaseEvent) }));
  });

  router.post('/v1/leases/:id/credentials', async (req, res) => {
    if (req.header('idempotency-key') !== undefined) {
      throw new InputError(
        'Idempotency-Key cannot be used here: credentials are never stored, so each call makes fresh ones',
      );
    }
    const caller = await http.callerOf(req);
    const credentials = await leases.issueCredentials(
      { leaseId: req.params.id },
      { caller },
    );
    res.set('Cache-Control', 'no-store');
    await http.answer(res, () => ({ credentials }));
  });

  // The one call without a caller: the token is the lease's own. Whatever else is wrong, there is no such lease.
  router.post(ACTIVITY_PATH, async (req, res) => {
    const [, token] =
      /^Bearer (\S+)$/i.exec(req.header('authorization') ?? '') ?? [];
    await activity.report({ leaseId: req.params.id, token });
    await http.answer(res, () => ({}));
  });

  router.post('/v1/leases/:id/extend', async (req, res) => {
    const body: ExtendLease = req.body;
    const order = {
      leaseId: req.params.id,
      duration: body.duration,
      reason: readName(body.reason, 'reason'),
    };
    if (body.dryRun) {
      const caller = await http.callerOf(req);
      const { lease, preview } = await leases.previewExtension(order, {
        caller,
      });
      await http.answer(res, now => ({
        lease: leaseView(context, now)(lease),
        preview,
      }));
      return;
    }
    await http.write<ExtendedLease>(req, res, {
      act: options => leases.extend(order, options),
      answer: ({ lease, request }, now) => {
        noteForAudit(req, { requestId: request?.request.id });
        return {
          lease: leaseView(context, now)(lease),
          ...(request && { request: toAccessRequest(request) }),
        };
      },
    });
  });

  /** A call that wishes something on one lease. */
  const addWish = (
    name: string,
    act: (
      order: { leaseId: string; body: Record<string, unknown> },
      options: WriteOptions<LeaseRecord>,
    ) => Promise<LeaseRecord>,
  ) =>
    router.post(`/v1/leases/:id/${name}`, async (req, res) => {
      const order = { leaseId: req.params.id, body: req.body ?? {} };
      await http.write<LeaseRecord>(req, res, {
        act: options => act(order, options),
        answer: (lease, now) => ({ lease: leaseView(context, now)(lease) }),
      });
    });
  addWish('protect', ({ leaseId, body }, options) =>
    leases.protect(
      {
        leaseId,
        until: body.until as string | null,
        why: readName(body.why as string | undefined, 'why'),
      },
      options,
    ),
  );
  addWish('end', ({ leaseId, body }, options) =>
    leases.end(
      { leaseId, why: readName(body.why as string | undefined, 'why') },
      options,
    ),
  );
  addWish('review', ({ leaseId, body }, options) =>
    leases.review(
      { leaseId, comment: readName(String(body.comment), 'comment')! },
      options,
    ),
  );
  addWish('retry', ({ leaseId }, options) =>
    leases.retry({ leaseId }, options),
  );

  router.get('/v1/environments', async (req, res) => {
    const caller = await http.callerOf(req);
    const environments = await leases.listEnvironments({ caller });
    await http.answer(res, () => ({ items: environments.map(toEnvironment) }));
  });

  router.get('/v1/presence', async (req, res) => {
    const caller = await http.callerOf(req);
    const entityRef = readEntityRef(String(req.query.entityRef), 'entityRef');
    const present = await leases.listPresence({ entityRef }, { caller });
    await http.answer(res, () => ({
      items: present.map(({ expiresAt, breakGlass, ...entry }) => ({
        ...entry,
        ...(breakGlass && { breakGlass }),
        ...(expiresAt && { expiresAt: new Date(expiresAt).toISOString() }),
      })),
    }));
  });
}
