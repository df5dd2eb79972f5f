import { Router } from 'express';
import { CreateRequest, RequestQuery } from '@backstage-jit/plugin-jit-common';
import { noteForAudit } from '../audit/notes';
import { encodeCursor } from '../database/page';
import { RequestView } from '../database/operations/requests/placeRequest';
import { toAccessRequest } from '../requests/toAccessRequest';
import {
  readDecision,
  readOptionalRef,
  readPage,
  readRequestFilter,
} from './readQuery';
import { requestView, RouterContext } from './RouterContext';

export function addRequestRoutes(router: Router, context: RouterContext): void {
  const { http, requests } = context;

  router.get('/v1/profiles', async (req, res) => {
    const caller = await http.callerOf(req);
    const { entityRef } = req.query as { entityRef?: string };
    const offers = await requests.listOffers(
      { entityRef: readOptionalRef(entityRef, 'entityRef') },
      { caller },
    );
    await http.answer(res, () => offers);
  });

  router.post('/v1/requests', async (req, res) => {
    const body: CreateRequest = req.body;
    if (body.dryRun) {
      const caller = await http.callerOf(req);
      const preview = await requests.preview(body, { caller });
      await http.answer(res, () => preview);
      return;
    }
    await http.write<RequestView>(req, res, {
      status: 201,
      act: options => requests.create(body, options),
      answer: (view, now) => {
        noteForAudit(req, {
          requestId: view.request.id,
          leaseIds: view.leases.map(lease => lease.id),
        });
        return requestView(context, view, now);
      },
    });
  });

  router.get('/v1/requests', async (req, res) => {
    const caller = await http.callerOf(req);
    const query = req.query as RequestQuery;
    const { items, next } = await requests.listRequests(
      {
        filter: readRequestFilter(query, caller),
        waitingForCaller: query.waitingFor === 'me',
        page: readPage(query),
      },
      { caller },
    );
    await http.answer(res, () => ({
      items: items.map(toAccessRequest),
      ...(next && { nextCursor: encodeCursor(next) }),
    }));
  });

  router.get('/v1/requests/:id', async (req, res) => {
    const caller = await http.callerOf(req);
    const view = await requests.getRequest(req.params.id, { caller });
    await http.answer(res, now => requestView(context, view, now));
  });

  router.post('/v1/requests/:id/decisions', async (req, res) => {
    const decision = readDecision(req.body);
    const { id } = req.params;
    await http.write<RequestView>(req, res, {
      act: options => requests.decide({ ...decision, id }, options),
      answer: (view, now) => requestView(context, view, now),
    });
  });

  router.post('/v1/requests/:id/withdraw', async (req, res) => {
    const { id } = req.params;
    await http.write<RequestView>(req, res, {
      act: options => requests.withdraw({ id }, options),
      answer: (view, now) => requestView(context, view, now),
    });
  });
}
