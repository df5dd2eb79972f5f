import { Instant } from '../../../leases/records';
import { outsideHours } from '../../../policy';
import { RequestDraft } from '../../../requests/RequestDraft';
import { Ledger } from '../../Ledger';
import { openStopFor } from '../stops/openStopFor';

/** What stands against a later end at the moment, by the ledger: a stop, or the hours, in words; undefined when nothing does. */
export async function refusedToExtend(
  ledger: Ledger,
  options: { draft: RequestDraft; from: Instant; until: Instant },
): Promise<string | undefined> {
  const { draft, from, until } = options;
  for (const { pinned, entityRef } of draft.parts) {
    const { profileId, title, connection, hours } = pinned.content;
    const stop = await openStopFor(ledger, {
      subject: draft.subject,
      profileId,
      connection,
      entityRef,
    });
    if (stop) {
      return `Operators have stopped leases of this: ${stop.why}`;
    }
    const outside = outsideHours({ hours, from, until });
    if (outside) {
      return `${title} ${outside}`;
    }
  }
  return undefined;
}
