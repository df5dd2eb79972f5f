import { FakeNature } from './FakeNature';
import { adopt, endSessions, leftAlone, lookAt } from './pieces';

/** Everything happens within the call. */
export const atOnce: FakeNature = {
  async make(work) {
    const { client, key, describe } = work;
    // Without a look first: a look may lag, and what is gone would be taken for there.
    const answer = await client.ask('put', { thing: describe() });
    if (!answer.made) {
      await adopt(work, answer.thing);
    }
    return { done: true, handle: { v: 1, key } };
  },

  async unmake(work) {
    const { client, key, onlyMark } = work;
    // Nor here: what is there would be taken for gone.
    const { removal } = await client.ask('remove', { key, mark: onlyMark });
    await endSessions(work, key);
    return {
      done: true,
      handle: { v: 1, key },
      ...(removal === 'not-ours' && { report: [leftAlone(key)] }),
    };
  },

  look: work => lookAt(work, work.key),

  parts: key => [key],
};
