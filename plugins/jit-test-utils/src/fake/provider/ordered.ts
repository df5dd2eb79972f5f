import { FakeNature } from './FakeNature';
import { adopt, endSessions, isWanted, leftAlone } from './pieces';

const PARTS = ['network', 'compute', 'binding'];
const LOOK_AGAIN = { milliseconds: 200 };

function partsOf(key: string): string[] {
  return PARTS.map(part => `${key}/${part}`);
}

/** Made of parts, one after another, and removed the other way round: a step each. */
export const ordered: FakeNature = {
  async make(work) {
    const { client, key, ctx, describe } = work;
    const before = ctx.handle?.made ?? 0;
    // Called again after the end it goes through all of them: what is there stays.
    const index = before < PARTS.length ? before : 0;
    const { made, thing } = await client.ask('put', {
      thing: describe(partsOf(key)[index]),
    });
    if (!made) {
      await adopt(work, thing);
    }
    const done = index + 1 === PARTS.length;
    return {
      done,
      handle: { v: 1, key, made: index + 1 },
      ...(!done && {
        lookAgainIn: LOOK_AGAIN,
        note: `${index + 1} of ${PARTS.length} parts made`,
      }),
    };
  },

  async unmake(work) {
    const { client, key, ctx, onlyMark } = work;
    const left = (ctx.handle?.left || PARTS.length) - 1;
    const part = partsOf(key)[left];
    const { removal } = await client.ask('remove', {
      key: part,
      mark: onlyMark,
    });
    await endSessions(work, part);
    const done = left === 0;
    return {
      done,
      handle: { v: 1, key, left },
      ...(removal === 'not-ours' && { report: [leftAlone(part)] }),
      ...(!done && {
        lookAgainIn: LOOK_AGAIN,
        note: `${left} parts are left`,
      }),
    };
  },

  async look(work) {
    const { client, key } = work;
    const there: string[] = [];
    for (const part of partsOf(key)) {
      const { thing } = await client.ask('get', { key: part });
      if (thing && isWanted(work, thing)) {
        there.push(part);
      }
    }
    return there.length > 0
      ? { status: 'present', blockers: there.map(part => `"${part}" is there`) }
      : { status: 'absent' };
  },

  parts: partsOf,
};
