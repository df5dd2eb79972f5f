import {
  limitReached,
  LimitCounts,
  openRequestsReached,
  outsideHours,
} from '../../../policy';
import { RequestDraft } from '../../../requests/RequestDraft';
import { Ledger } from '../../Ledger';
import { countLive } from '../leases/countLive';
import { openStopFor } from '../stops/openStopFor';
import { countOpenRequests } from './countOpenRequests';
import { findCopy } from './findCopy';
import { refusedToBreakGlass } from './refusedToBreakGlass';

/**
 * What stands against each part of a request at the moment, by the ledger and its clock: a stop, a limit or the hour, in words; undefined where nothing does. Binding only under
 * the locks that `placeRequest` takes.
 */
export async function refusedByLedger(
  ledger: Ledger,
  options: { draft: RequestDraft; openRequestsPerPerson: number },
): Promise<Array<string | undefined>> {
  const { draft, openRequestsPerPerson } = options;
  const { subject, requester } = draft;
  const tooMany = openRequestsReached({
    open: await countOpenRequests(ledger, { requester }),
    openRequestsPerPerson,
  });
  const broken = draft.breakGlass
    ? await refusedToBreakGlass(ledger, { subject })
    : undefined;
  const counted = new Map<string, LimitCounts>();
  const refusals: Array<string | undefined> = [];
  const now = await ledger.clock.now(ledger.knex);
  const from = Math.max(draft.startsAt ?? now, now);
  for (const part of draft.parts) {
    const { pinned, entityRef, durationMs, restores } = part;
    const { profileId, title, connection, limits, hours } = pinned.content;
    const until = from + durationMs;
    const outside = outsideHours({ hours, from, until });
    const stop = await openStopFor(ledger, {
      subject,
      profileId,
      connection,
      entityRef,
    });
    const counts =
      counted.get(profileId) ??
      (await countLive(ledger, { profileId, subject }));
    const reached = limitReached({ profileId, limits, counts });
    const hasNoCopy =
      restores && !(await findCopy(ledger, { subject, part }))
        ? `There is no last copy of lease ${restores} for ${subject} that ${profileId} could restore`
        : undefined;
    refusals.push(
      stop
        ? `Operators have stopped new leases of this: ${stop.why}`
        : broken ??
            (tooMany ?? reached)?.message ??
            hasNoCopy ??
            (outside && `${title} ${outside}`),
    );
    // The parts before this one are not in the ledger yet.
    counted.set(profileId, {
      ofSubject: counts.ofSubject + 1,
      ofProfile: counts.ofProfile + 1,
    });
  }
  return refusals;
}
