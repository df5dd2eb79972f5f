import { Instant } from '../../../leases/records';
import {
  limitReached,
  openRequestsReached,
  outsideHours,
} from '../../../policy';
import { RequestDraft } from '../../../requests/RequestDraft';
import { Ledger } from '../../Ledger';
import { findCopy } from './findCopy';
import { readStanding } from './readStanding';
import { refusedToBreakGlass } from './refusedToBreakGlass';

/**
 * What stands against each part of a request at the moment, by the ledger and its clock: a stop, a limit or the hour, in words; undefined where nothing does. Binding only under
 * the locks that `placeRequest` takes.
 *
 * @returns with the time by which it was decided
 */
export async function refusedByLedger(
  ledger: Ledger,
  options: { draft: RequestDraft; openRequestsPerPerson: number },
): Promise<{ refusals: Array<string | undefined>; now: Instant }> {
  const { draft, openRequestsPerPerson } = options;
  const { subject, requester } = draft;
  const broken = draft.breakGlass
    ? await refusedToBreakGlass(ledger, { subject })
    : undefined;
  /** How often each profile is among the parts so far, which are not in the ledger yet. */
  const before = new Map<string, number>();
  const refusals: Array<string | undefined> = [];
  let decidedAt: Instant | undefined;
  for (const part of draft.parts) {
    const { pinned, entityRef, durationMs, restores } = part;
    const { profileId, title, connection, limits, hours } = pinned.content;
    const { now, openRequests, counts, stop } = await readStanding(ledger, {
      requester,
      lease: { subject, profileId, connection, entityRef },
      counted: Object.values(limits).some(limit => limit !== undefined),
    });
    decidedAt ??= now;
    const from = Math.max(draft.startsAt ?? decidedAt, decidedAt);
    const until = from + durationMs;
    const outside = outsideHours({ hours, from, until });
    const alike = before.get(profileId) ?? 0;
    before.set(profileId, alike + 1);
    const reached =
      openRequestsReached({ open: openRequests, openRequestsPerPerson }) ??
      limitReached({
        profileId,
        limits,
        counts: {
          ofSubject: counts.ofSubject + alike,
          ofProfile: counts.ofProfile + alike,
        },
      });
    const hasNoCopy =
      restores && !(await findCopy(ledger, { subject, part }))
        ? `There is no last copy of lease ${restores} for ${subject} that ${profileId} could restore`
        : undefined;
    refusals.push(
      stop
        ? `Operators have stopped new leases of this: ${stop.why}`
        : broken ??
            reached?.message ??
            hasNoCopy ??
            (outside && `${title} ${outside}`),
    );
  }
  return { refusals, now: decidedAt ?? (await ledger.clock.now(ledger.knex)) };
}
