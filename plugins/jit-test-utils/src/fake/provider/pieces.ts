import {
  Inspection,
  JitProviderError,
  OwnershipMark,
} from '@backstage-jit/plugin-jit-node';
import { FakeThing } from '../outside/exchanges';
import { FakeWork } from './FakeNature';

export function isMarked(thing: FakeThing, mark: OwnershipMark): boolean {
  return (
    thing.mark?.installation === mark.installation &&
    thing.mark.ledgerId === mark.ledgerId
  );
}

/** Whether a thing under our key belongs to the lease. For memberships: whoever made it, the subject holds it. */
export function isWanted(work: FakeWork, thing: FakeThing): boolean {
  return work.shared || isMarked(thing, work.ctx.mark);
}

/** @throws JitProviderError when what a grant found belongs to somebody else */
export function refuseForeign(work: FakeWork, existing: FakeThing): void {
  if (!isWanted(work, existing)) {
    throw JitProviderError.misconfigured(
      `"${existing.key}" is there already and was not made by this installation; somebody must rename or remove it.`,
    );
  }
}

/**
 * Takes what a grant found in place of the thing it wanted to make.
 *
 * @throws JitProviderError when it belongs to somebody else
 */
export async function adopt(
  work: FakeWork,
  existing: FakeThing,
): Promise<void> {
  refuseForeign(work, existing);
  const { notAfter, mark } = work.ctx;
  if (!isMarked(existing, mark)) {
    return;
  }
  // Of several leases on one thing the longest counts.
  const expiresAt = work.shared
    ? Math.max(notAfter, existing.expiresAt ?? 0)
    : notAfter;
  if (existing.expiresAt !== expiresAt) {
    const { found } = await work.client.ask('setExpiry', {
      key: existing.key,
      mark,
      expiresAt,
    });
    if (!found) {
      throw JitProviderError.retryable(
        `"${existing.key}" went away while it was granted.`,
      );
    }
  }
}

/** Looks at one thing and its sessions. In this order: once the thing is gone no session can begin. */
export async function lookAt(work: FakeWork, key: string): Promise<Inspection> {
  const { client } = work;
  const { thing } = await client.ask('get', { key });
  const { sessions } = await client.ask('listSessions', {
    key,
    mark: work.onlyMark,
  });
  const isThere = thing !== undefined && isWanted(work, thing);
  if (!isThere && sessions.length === 0) {
    return { status: 'absent' };
  }
  const ends = sessions.map(session => session.expiresAt);
  const dies = !isThere && ends.every(end => end !== undefined);
  return {
    status: 'present',
    ...(dies && { aliveUntil: Math.max(...ends.map(end => end ?? 0)) }),
    ...(!isThere && {
      blockers: [`${sessions.length} session(s) are still alive`],
    }),
  };
}

export async function endSessions(work: FakeWork, key: string): Promise<void> {
  if (work.endsSessions) {
    await work.client.ask('endSessions', { key, mark: work.onlyMark });
  }
}

/** What to say about a thing that was left alone. */
export function leftAlone(key: string): string {
  return `"${key}" was left alone: it was not made by this installation.`;
}
