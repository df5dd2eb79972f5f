import { Progress } from '@backstage-jit/plugin-jit-node';
import { FakeHandle } from './fakeSchemas';
import { FakeNature, FakeWork } from './FakeNature';
import {
  adopt,
  endSessions,
  isMarked,
  leftAlone,
  lookAt,
  refuseForeign,
} from './pieces';

const LOOK_AGAIN = { milliseconds: 200 };

function waiting(
  key: string,
  requestId: string,
  requested: 'put' | 'remove',
): Progress<FakeHandle> {
  return {
    done: false,
    handle: { v: 1, key, requestId, requested },
    lookAgainIn: LOOK_AGAIN,
    note: `The outside system is at work on request ${requestId}`,
  };
}

/**
 * The request that is in progress, from the handle or, when the answer with its id was never heard, from the system.
 *
 * @returns whether one of the wanted kind has just succeeded, and the progress to answer while one is under way
 */
async function follow(
  work: FakeWork,
  wanted: 'put' | 'remove',
): Promise<{ succeeded: boolean; progress?: Progress<FakeHandle> }> {
  const { client, key, ctx } = work;
  const known =
    ctx.handle?.requestId && ctx.handle.requested === wanted
      ? await client.ask('getRequest', { requestId: ctx.handle.requestId })
      : undefined;
  const request =
    known?.request?.state === 'in-progress'
      ? known.request
      : (await client.ask('findRequest', { key })).request;
  if (request?.state === 'in-progress') {
    // Also when it is one of the other kind: the system works on one thing at a time.
    return {
      succeeded: false,
      progress: waiting(key, request.id, request.action),
    };
  }
  return { succeeded: known?.request?.state === 'succeeded' };
}

/** Everything is a request with an id, done after some looks. */
export const asynchronous: FakeNature = {
  async make(work) {
    const { client, key, looks, describe } = work;
    const { succeeded, progress } = await follow(work, 'put');
    if (progress) {
      return progress;
    }
    const { thing } = await client.ask('get', { key });
    if (succeeded) {
      if (thing) {
        await adopt(work, thing);
      }
      return { done: true, handle: { v: 1, key } };
    }
    if (thing) {
      refuseForeign(work, thing);
    }
    // Even when the thing was seen: a look may lag.
    const { requestId } = await client.ask('startRequest', {
      action: 'put',
      looks,
      thing: describe(),
    });
    return waiting(key, requestId, 'put');
  },

  async unmake(work) {
    const { client, ctx, key, looks, onlyMark } = work;
    const { succeeded, progress } = await follow(work, 'remove');
    if (progress) {
      return progress;
    }
    if (succeeded) {
      await endSessions(work, key);
      const { thing } = await client.ask('get', { key });
      const isForeign = thing !== undefined && !isMarked(thing, ctx.mark);
      return {
        done: true,
        handle: { v: 1, key },
        ...(isForeign && { report: [leftAlone(key)] }),
      };
    }
    const { requestId } = await client.ask('startRequest', {
      action: 'remove',
      looks,
      key,
      mark: onlyMark,
    });
    return waiting(key, requestId, 'remove');
  },

  async look(work) {
    const { client, key } = work;
    const { request } = await client.ask('findRequest', { key });
    return request?.state === 'in-progress'
      ? { status: 'pending', lookAgainIn: LOOK_AGAIN }
      : await lookAt(work, key);
  },

  parts: key => [key],
};
