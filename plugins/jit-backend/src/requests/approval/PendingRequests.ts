import { LoggerService } from '@backstage/backend-plugin-api';
import stringify from 'safe-stable-stringify';
import { Ledger } from '../../database/Ledger';
import {
  changeRequest,
  RequestChange,
} from '../../database/operations/requests/changeRequest';
import { listPending } from '../../database/operations/requests/listPending';
import { RequestView } from '../../database/operations/requests/placeRequest';
import { readRequest } from '../../database/operations/requests/readRequest';
import { Instant } from '../../leases/records';
import { noticesOfChange } from '../../notices/noticesOfRequest';
import { CatalogUnavailableError, Directory, Subject } from '../../policy';
import { ApproverFinder } from './ApproverFinder';
import { escalated } from './escalated';
import { countingSteps, opened } from './judge';
import { outcomesOf } from './outcomesOf';
import { StepRecord } from './StepRecord';

/** Looks after the requests that wait for people. */
export class PendingRequests {
  readonly #ledger: Ledger;
  readonly #directory: Directory;
  readonly #finder: ApproverFinder;
  readonly #logger: LoggerService;

  constructor(options: {
    ledger: Ledger;
    /** Must not answer from memory. */
    directory: Directory;
    finder: ApproverFinder;
    logger: LoggerService;
  }) {
    this.#ledger = options.ledger;
    this.#directory = options.directory;
    this.#finder = options.finder;
    this.#logger = options.logger;
  }

  /** Closes those that nobody has decided in time, whether the catalog answers or not. */
  async lapse(signal?: AbortSignal): Promise<number> {
    const { knex, clock } = this.#ledger;
    const dueBy = await clock.now(knex);
    const ids = await listPending(this.#ledger, { dueBy });
    for (const id of ids) {
      signal?.throwIfAborted();
      await this.#change(id, async (view, now) =>
        outcomesOf(view.request).closed(view, {
          as: 'lapsed',
          deed: { actor: 'system:policy', why: 'Nobody decided in time' },
          now,
        }),
      );
    }
    return ids.length;
  }

  /**
   * Looks up anew who decides, forgets approvals of people who are no longer named, and lets more people decide where nobody answers. A
   * catalog that is away changes nothing.
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    for (const id of await listPending(this.#ledger, {})) {
      signal?.throwIfAborted();
      try {
        await this.#refresh(id);
      } catch (error) {
        if (!CatalogUnavailableError.is(error)) {
          throw error;
        }
        this.#logger.warn(
          'The catalog cannot be asked who decides about requests: they wait as they are',
        );
        return;
      }
    }
  }

  async #refresh(id: string): Promise<void> {
    const request = await readRequest(this.#ledger, { id });
    if (request?.state !== 'pending') {
      return;
    }
    const steps = await this.#finder.name(request.steps, request.subject);
    const people = await this.#peopleOf(steps);
    await this.#change(id, async (view, now) => {
      if (view.request.version !== request.version) {
        // Somebody has decided meanwhile: the next pass sees it.
        return undefined;
      }
      const fresh = escalated(
        opened(countingSteps({ ...request, steps }, people), now),
        now,
      );
      return stringify(fresh) === stringify(request.steps)
        ? undefined
        : { request: { ...view.request, steps: fresh }, leases: [] };
    });
  }

  async #peopleOf(steps: StepRecord[]): Promise<Map<string, Subject>> {
    const lookups = await this.#directory.lookUpSubjects(
      steps.flatMap(({ decisions }) => decisions.map(({ by }) => by)),
    );
    const people = new Map<string, Subject>();
    for (const [ref, lookup] of lookups) {
      if (lookup.status === 'found') {
        people.set(ref, lookup.subject);
      }
    }
    return people;
  }

  async #change(
    id: string,
    decide: (
      view: RequestView,
      now: Instant,
    ) => Promise<RequestChange | undefined>,
  ): Promise<void> {
    await changeRequest(this.#ledger, {
      id,
      decide: async (view, now) => {
        const change =
          view.request.state === 'pending'
            ? await decide(view, now)
            : undefined;
        return (
          change && {
            ...change,
            notices: noticesOfChange({ ...change, leases: [] }, view),
          }
        );
      },
    });
  }
}
