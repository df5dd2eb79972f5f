import { Ledger } from '../database/Ledger';
import { isParty } from '../database/operations/requests/isParty';
import { Caller } from './Caller';

/** Knows who has to do with the decision about a request: they see it, the leases that came of it, and those of which it asks for a later end while it
 * waits. */
export class RequestParties {
  readonly #ledger: Ledger;

  constructor(options: { ledger: Ledger }) {
    this.#ledger = options.ledger;
  }

  /** @throws CatalogUnavailableError */
  async includes(
    caller: Caller,
    of: { requestId: string; extensionAsked?: { requestId: string } },
  ): Promise<boolean> {
    const subject = await caller.subject();
    const { requestId, extensionAsked } = of;
    return (
      subject !== undefined &&
      (await isParty(this.#ledger, {
        requestIds: [
          requestId,
          ...(extensionAsked ? [extensionAsked.requestId] : []),
        ],
        refs: [subject.ref, ...subject.groups],
      }))
    );
  }
}
