import { Ledger } from '../database/Ledger';
import { isParty } from '../database/operations/requests/isParty';
import { Caller } from './Caller';

/** Knows who has to do with the decision about a request: they see it, and the leases that came of it. */
export class RequestParties {
  readonly #ledger: Ledger;

  constructor(options: { ledger: Ledger }) {
    this.#ledger = options.ledger;
  }

  /** @throws CatalogUnavailableError */
  async includes(caller: Caller, requestId: string): Promise<boolean> {
    const subject = await caller.subject();
    return (
      subject !== undefined &&
      (await isParty(this.#ledger, {
        requestId,
        refs: [subject.ref, ...subject.groups],
      }))
    );
  }
}
