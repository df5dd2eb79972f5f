import { Stop, StopOrder } from '@backstage-jit/plugin-jit-common';
import { Router } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StopRecord } from '../database/operations/stops/StopRecord';
import { asCsv, asJsonLines } from './exportFormats';
import { readInstant, readName, readOptionalRef } from './readQuery';
import { RouterContext } from './RouterContext';

export function addOperationRoutes(
  router: Router,
  context: RouterContext,
): void {
  const { http, operations } = context;

  router.post('/v1/stop', async (req, res) => {
    const {
      why,
      endLeases = true,
      refuseNew = true,
      ...scope
    }: StopOrder = req.body;
    const command = {
      scope: {
        subject: readOptionalRef(scope.subject, 'subject'),
        profileId: readName(scope.profileId, 'profileId'),
        connection: readName(scope.connection, 'connection'),
        entityRef: readOptionalRef(scope.entityRef, 'entityRef'),
      },
      why: readName(why, 'why')!,
      endLeases,
      refuseNew,
    };
    await http.write<{ ended: number; stop?: StopRecord }>(req, res, {
      act: ({ caller }) => operations.stop(command, { caller }),
      answer: ({ ended, stop }) => ({
        ended,
        ...(stop && { stop: toStop(stop) }),
      }),
    });
  });

  router.get('/v1/stops', async (req, res) => {
    const caller = await http.callerOf(req);
    const stops = await operations.listStops({ caller });
    await http.answer(res, () => ({ items: stops.map(toStop) }));
  });

  router.post('/v1/stops/:id/lift', async (req, res) => {
    await http.write<StopRecord>(req, res, {
      act: ({ caller }) => operations.liftStop(req.params.id, { caller }),
      answer: stop => ({ stop: toStop(stop) }),
    });
  });

  router.get('/v1/providers', async (req, res) => {
    const caller = await http.callerOf(req);
    const items = await operations.listConnections({ caller });
    await http.answer(res, () => ({ items }));
  });

  router.post('/v1/providers/:connection/allow-reconcile', async (req, res) => {
    const { connection } = req.params;
    await http.write<object>(req, res, {
      act: async ({ caller }) => {
        await operations.allowReconcile(connection, { caller });
        return {};
      },
      answer: () => ({}),
    });
  });

  router.get('/v1/stats', async (req, res) => {
    const caller = await http.callerOf(req);
    const stats = await operations.readStats({ caller });
    await http.answer(res, () => ({ stats }));
  });

  router.get('/v1/events/export', async (req, res) => {
    const caller = await http.callerOf(req);
    const { from, to, format } = req.query as {
      from?: string;
      to?: string;
      format?: 'jsonl' | 'csv';
    };
    const query = { from: readInstant(from), to: readInstant(to) };
    const lines =
      format === 'csv'
        ? asCsv(await operations.exportRows(query, { caller }))
        : asJsonLines(await operations.exportEvents(query, { caller }));
    res
      .type(format === 'csv' ? 'text/csv' : 'application/x-ndjson')
      .set('Cache-Control', 'no-store');
    // A page or two wait for a slow reader, and no more are read.
    await pipeline(Readable.from(lines, { highWaterMark: 2 }), res).catch(
      error => {
        if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
          throw error;
        }
      },
    );
  });
}

function toStop(stop: StopRecord): Stop {
  const { createdAt, liftedAt, ...rest } = stop;
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    ...(liftedAt !== undefined && {
      liftedAt: new Date(liftedAt).toISOString(),
    }),
  };
}
