import { ConflictError, NotAllowedError } from '@backstage/errors';
import { RequestDecision } from '@backstage-jit/plugin-jit-common';
import { Ledger } from '../../database/Ledger';
import {
  changeRequest,
  RequestChange,
} from '../../database/operations/requests/changeRequest';
import { RequestView } from '../../database/operations/requests/placeRequest';
import { refusedByLedger } from '../../database/operations/requests/refusedByLedger';
import { refusedToExtend } from '../../database/operations/requests/refusedToExtend';
import { tryAgain } from '../../database/tryAgain';
import { Instant } from '../../leases/records';
import { WriteOptions } from '../../leases/LeaseService';
import { noticesOfChange } from '../../notices/noticesOfRequest';
import { Directory, Subject } from '../../policy';
import { extensionOf } from '../extension/outcomes';
import { limitLocks } from '../limitLocks';
import { RequestDraft } from '../RequestDraft';
import { RequestResolver } from '../RequestResolver';
import { ApproverFinder } from './ApproverFinder';
import { assertPending } from './assertPending';
import { inAskedOrder } from './inAskedOrder';
import { judge } from './judge';
import { Asked, narrowed, Narrowing, readNarrowing } from './narrowing';
import { outcomesOf } from './outcomesOf';
import { RulesWatch } from './RulesWatch';
import { StepRecord } from './StepRecord';

/** Somebody whom we have not looked up has decided since we looked. The transaction alone could not mend that: it looks nobody up. */
class UnknownDecider extends Error {}

/** What a decision is judged by besides the ledger, as it was just looked up. */
interface Look {
  by: Subject;
  steps: StepRecord[];
  people: ReadonlyMap<string, Subject>;
}

/**
 * Takes the decisions of people about requests: each by the catalog of now, on what the rules say now, and once.
 */
export class RequestDecisions {
  readonly #ledger: Ledger;
  readonly #directory: Directory;
  readonly #rules: RulesWatch;
  readonly #finder: ApproverFinder;

  constructor(options: {
    ledger: Ledger;
    /** Must not answer from memory. */
    directory: Directory;
    resolver: Pick<RequestResolver, 'resolve'>;
    finder: ApproverFinder;
  }) {
    this.#ledger = options.ledger;
    this.#directory = options.directory;
    this.#rules = new RulesWatch(options);
    this.#finder = options.finder;
  }

  /**
   * @param read - the request, anew each time
   * @throws ConflictError when there is nothing to decide any more, when the request or its rules have changed, or when a limit is reached;
   * NotAllowedError naming the rule; InputError naming the field; CatalogUnavailableError
   */
  async decide(
    order: RequestDecision,
    read: () => Promise<RequestView>,
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    return await tryAgain(
      async () => this.#attempt(order, inAskedOrder(await read()), options),
      {
        on: UnknownDecider,
        refusal:
          'The request is being decided by others at this moment: look at it and try again',
      },
    );
  }

  async #attempt(
    order: RequestDecision,
    seen: RequestView,
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const { request } = seen;
    assertPending(request, order);
    const look = await this.#look(seen, options);
    const draft =
      order.decision === 'approve'
        ? await this.#rules.readUnchanged(seen)
        : undefined;
    return await changeRequest(this.#ledger, {
      id: request.id,
      locks: draft && request.kind === 'new' ? limitLocks(draft) : [],
      also: options.also,
      decide: async (current, now, tx) => {
        const view = inAskedOrder(current);
        assertPending(view.request, order, now);
        if (!knowsAll(look, view)) {
          throw new UnknownDecider();
        }
        const change = await this.#judge(order, { view, look, draft, now, tx });
        return { ...change, notices: noticesOfChange(change, view) };
      },
    });
  }

  async #judge(
    order: RequestDecision,
    context: {
      view: RequestView;
      look: Look;
      draft: RequestDraft | undefined;
      now: Instant;
      tx: Ledger;
    },
  ): Promise<RequestChange> {
    const { view, look, draft, now, tx } = context;
    const { decision, comment } = order;
    const { stillWaiting, allApproved, closed } = outcomesOf(view.request);
    const narrowing = readNarrowing(order, askedOf(view), now);
    const verdict = judge({
      ...look,
      decision,
      comment,
      now,
      request: { ...view.request, steps: withPeople(view, look.steps) },
    });
    const deed = {
      actor: look.by.ref,
      why: comment,
      ...(Object.keys(narrowing).length > 0 && { data: { ...narrowing } }),
    };
    switch (verdict.outcome) {
      case 'not-allowed':
        throw new NotAllowedError(verdict.rule);
      case 'decided-already':
        throw new ConflictError(verdict.rule);
      case 'denied':
        return closed(view, { as: 'denied', ...verdict, deed, now });
      case 'waiting':
        return stillWaiting(view, { ...verdict, narrowing, deed });
      default: {
        const refusal = await refused(tx, { view, draft: draft!, narrowing });
        if (refusal) {
          throw new ConflictError(`It cannot be granted now: ${refusal}`);
        }
        return allApproved(view, {
          ...verdict,
          draft: draft!,
          narrowing,
          deed,
          now,
        });
      }
    }
  }

  async #look(
    { request }: RequestView,
    { caller }: WriteOptions<RequestView>,
  ): Promise<Look> {
    const before = request.steps.flatMap(({ decisions }) =>
      decisions.map(({ by }) => by),
    );
    const [by, steps, lookups] = await Promise.all([
      caller.subject(),
      this.#finder.name(request.steps, request.subject),
      this.#directory.lookUpSubjects(before),
    ]);
    if (!by) {
      throw new NotAllowedError(`${caller.actor} is not a User of the catalog`);
    }
    const people = new Map<string, Subject>();
    for (const [ref, lookup] of lookups) {
      if (lookup.status === 'found') {
        people.set(ref, lookup.subject);
      }
    }
    return { by, steps, people };
  }
}

/** What stands against it at the moment, in words. */
async function refused(
  tx: Ledger,
  options: { view: RequestView; draft: RequestDraft; narrowing: Narrowing },
): Promise<string | undefined> {
  const { view, draft, narrowing } = options;
  if (view.request.kind === 'extend') {
    const { from, byMs } = extensionOf(view.request);
    const { durationMs = byMs } = narrowing;
    const until = from + Math.min(byMs, durationMs);
    return await refusedToExtend(tx, { draft, from, until });
  }
  const { refusals } = await refusedByLedger(tx, {
    draft: leftOf(draft, view, narrowing),
    // It is open already.
    openRequestsPerPerson: Infinity,
  });
  return refusals.find(Boolean);
}

function askedOf({ request, leases }: RequestView): Asked[] {
  return request.kind === 'extend'
    ? [{ durationMs: extensionOf(request).byMs }]
    : leases;
}

/** The steps as they are now, with the people who were just looked up. */
function withPeople(
  { request }: RequestView,
  looked: StepRecord[],
): StepRecord[] {
  return request.steps.map((step, index) => ({
    ...step,
    principals: looked[index].principals,
    escalatesTo: looked[index].escalatesTo,
  }));
}

/** What would be granted: less than what was asked for, if approvers said so. */
function leftOf(
  draft: RequestDraft,
  { leases }: RequestView,
  narrowing: Narrowing,
): RequestDraft {
  const left = leases.map(lease => narrowed(lease, narrowing));
  return {
    ...draft,
    startsAt: Math.max(...left.map(({ startsAt }) => startsAt)),
    parts: draft.parts.map((part, index) => ({
      ...part,
      durationMs: left[index].durationMs,
    })),
  };
}

function knowsAll({ people, steps }: Look, { request }: RequestView): boolean {
  const before = new Set(
    steps.flatMap(({ decisions }) => decisions.map(({ by }) => by)),
  );
  return request.steps.every(({ decisions }) =>
    decisions.every(({ by }) => people.has(by) || before.has(by)),
  );
}
