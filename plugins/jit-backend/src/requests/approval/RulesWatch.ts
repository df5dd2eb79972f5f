import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { Ledger } from '../../database/Ledger';
import { readProfiles } from '../../database/operations/profiles/readProfiles';
import { changeRequest } from '../../database/operations/requests/changeRequest';
import { RequestView } from '../../database/operations/requests/placeRequest';
import { noticesOfChange } from '../../notices/noticesOfRequest';
import { assertSameThings } from '../extension/assertSameThings';
import { extensionOf } from '../extension/outcomes';
import { RequestDraft } from '../RequestDraft';
import { RequestResolver } from '../RequestResolver';
import { ApproverFinder } from './ApproverFinder';
import { inAskedOrder } from './inAskedOrder';
import { opened } from './judge';
import { lapsesAfter } from './lapsesAfter';
import { outcomesOf } from './outcomesOf';
import { describeChange, rulesChanges } from './rulesChanges';
import { coversSteps, stepsOf } from './stepsOf';

/** Sees to it that what people approve is what the rules say now. */
export class RulesWatch {
  readonly #ledger: Ledger;
  readonly #resolver: Pick<RequestResolver, 'resolve'>;
  readonly #finder: ApproverFinder;

  constructor(options: {
    ledger: Ledger;
    resolver: Pick<RequestResolver, 'resolve'>;
    finder: ApproverFinder;
  }) {
    this.#ledger = options.ledger;
    this.#resolver = options.resolver;
    this.#finder = options.finder;
  }

  /**
   * What was asked for, as the rules and the catalog have it now.
   *
   * @throws ConflictError when it cannot be granted any more; also when the rules have changed, once the request goes round again by them.
   * CatalogUnavailableError
   */
  async readUnchanged(seen: RequestView): Promise<RequestDraft> {
    const draft = await this.#readAgain(seen);
    await this.#demandUnchanged(seen, draft);
    return draft;
  }

  async #readAgain({ request, leases }: RequestView): Promise<RequestDraft> {
    try {
      const asked = request.asked!;
      const resolved = await this.#resolver.resolve(asked, {
        ...request,
        byAgent: asked.byAgent,
        ...(request.kind === 'extend' && {
          extending: {
            breakGlass: leases.some(lease => lease.breakGlass === true),
          },
        }),
      });
      const parts = resolved.parts.map(each => {
        if ('refusal' in each) {
          throw each.refusal;
        }
        return each.part;
      });
      if (request.kind === 'extend') {
        assertSameThings(parts, leases);
      }
      return { ...resolved, parts };
    } catch (error) {
      if (
        error instanceof NotAllowedError ||
        error instanceof NotFoundError ||
        error instanceof InputError
      ) {
        throw new ConflictError(
          `It cannot be granted any more: ${error.message}`,
        );
      }
      throw error;
    }
  }

  /** @throws ConflictError with the difference, once the request is what the rules say now */
  async #demandUnchanged(
    seen: RequestView,
    draft: RequestDraft,
  ): Promise<void> {
    const { request, leases } = seen;
    const steps = stepsOf(draft.parts);
    const hashes = hashesSeen(seen);
    const isSame =
      coversSteps(request.steps, steps) &&
      leases.every(
        (lease, index) =>
          hashes[index] === draft.parts[index].pinned.hash &&
          (request.kind === 'extend' ||
            JSON.stringify(lease.subjectProfile) ===
              JSON.stringify(draft.parts[index].subjectProfile)),
      );
    if (isSame) {
      return;
    }
    const before = await readProfiles(this.#ledger, { hashes });
    const changes = hashes.flatMap((hash, index) =>
      rulesChanges(before.get(hash), draft.parts[index].pinned.content),
    );
    const why =
      changes.map(describeChange).join('; ') ||
      'who has to approve it is not the same any more';
    // What rules have come to grant is decided by the people whom it was asked of all the same.
    const named = await this.#finder.name(
      steps.length ? steps : request.steps,
      request.subject,
    );
    await changeRequest(this.#ledger, {
      id: request.id,
      decide: async (current, now) => {
        if (current.request.version !== request.version) {
          return undefined;
        }
        const fresh = opened(
          named.map(step => ({ ...step, decisions: [] })),
          now,
        );
        const change = outcomesOf(request).roundAgain(inAskedOrder(current), {
          draft,
          steps: fresh,
          changes,
          why,
          lapsesAt: steps.length
            ? now + lapsesAfter(draft.parts)
            : request.lapsesAt!,
        });
        return { ...change, notices: noticesOfChange(change, current) };
      },
    });
    throw new ConflictError(
      `The rules have changed since it was asked for, so it goes round again: ${why}. Look at it anew (revision ${
        request.revision + 1
      })`,
    );
  }
}

/** The rules that people have seen, of each lease. */
function hashesSeen({ request, leases }: RequestView): string[] {
  return request.kind === 'extend'
    ? extensionOf(request).profileHashes
    : leases.map(lease => lease.profileHash);
}
