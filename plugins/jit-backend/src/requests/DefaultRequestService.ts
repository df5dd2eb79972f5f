import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  CreateRequest,
  RequestDecision,
  RequestPreview,
} from '@backstage-jit/plugin-jit-common';
import { Ledger } from '../database/Ledger';
import { writeWishes } from '../database/operations/leases/writeWishes';
import { changeRequest } from '../database/operations/requests/changeRequest';
import { listRequests } from '../database/operations/requests/listRequests';
import { markWithdrawn } from '../database/operations/requests/markWithdrawn';
import {
  placeRequest,
  RequestView,
} from '../database/operations/requests/placeRequest';
import { readRequest } from '../database/operations/requests/readRequest';
import { readViews } from '../database/operations/requests/readViews';
import { refusedByLedger } from '../database/operations/requests/refusedByLedger';
import { RecordPage } from '../database/page';
import { JitEngine } from '../engine/JitEngine';
import { Planner } from '../engine/Planner';
import { isId } from '../leases/leaseId';
import { CallOptions, WriteOptions } from '../leases/LeaseService';
import { askForEnd } from '../leases/wishes';
import { toldOfBreakGlass } from '../notices/noticesOfBreakGlass';
import {
  BreakGlassOffers,
  CopiedDirectory,
  Offers,
  OfferService,
  readEntityRef,
} from '../policy';
import { Caller } from '../rights/Caller';
import { ApproverFinder } from './approval/ApproverFinder';
import { outcomesOf } from './approval/outcomesOf';
import { RequestDecisions } from './approval/RequestDecisions';
import { previewApproval } from './approval/previewApproval';
import { stepsOf } from './approval/stepsOf';
import { planLines } from './planLines';
import { RequestDraft, StaffedDraft } from './RequestDraft';
import { RequestResolver, ResolvedPart } from './RequestResolver';
import { OfferQuery, RequestService } from './RequestService';
import { startOf } from './startOf';

/**
 * Takes requests in. Whether the subject may have a thing is decided here, as everywhere; who may ask is decided round it, by
 * `AuthorizedRequestService`.
 */
export class DefaultRequestService implements RequestService {
  readonly #ledger: Ledger;
  readonly #engine: JitEngine;
  readonly #resolver: RequestResolver;
  readonly #offers: OfferService;
  readonly #breakGlassOffers: BreakGlassOffers;
  readonly #planner: Pick<Planner, 'plan'>;
  readonly #finder: ApproverFinder;
  readonly #decisions: RequestDecisions;
  readonly #openRequestsPerPerson: number;

  constructor(options: {
    ledger: Ledger;
    engine: JitEngine;
    resolver: RequestResolver;
    offers: OfferService;
    breakGlassOffers: BreakGlassOffers;
    planner: Pick<Planner, 'plan'>;
    finder: ApproverFinder;
    decisions: RequestDecisions;
    openRequestsPerPerson: number;
  }) {
    this.#ledger = options.ledger;
    this.#engine = options.engine;
    this.#resolver = options.resolver;
    this.#offers = options.offers;
    this.#breakGlassOffers = options.breakGlassOffers;
    this.#planner = options.planner;
    this.#finder = options.finder;
    this.#decisions = options.decisions;
    this.#openRequestsPerPerson = options.openRequestsPerPerson;
  }

  async listOffers(
    { entityRef, byCopy }: OfferQuery,
    options: CallOptions,
  ): Promise<Offers> {
    const userRef = options.caller.demandUser('be offered something');
    const offers = byCopy ? this.#breakGlassOffers : this.#offers;
    return await offers.offersFor({ userRef, entityRef });
  }

  async create(
    request: CreateRequest,
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const resolved = await this.#resolver.resolve(
      request,
      peopleOf(request, options.caller),
    );
    const draft = await this.#staff({
      ...resolved,
      parts: resolved.parts.map(each => {
        if ('refusal' in each) {
          throw each.refusal;
        }
        return each.part;
      }),
    });
    const view = await placeRequest(this.#ledger, {
      draft,
      openRequestsPerPerson: this.#openRequestsPerPerson,
      also: async (ledger, result) =>
        await options.also?.(ledger, result, result.request.requestedAt),
    });
    this.#engine.wake();
    return view;
  }

  async preview(
    request: CreateRequest,
    options: CallOptions,
  ): Promise<RequestPreview> {
    const resolved = await this.#resolver.resolve(
      request,
      peopleOf(request, options.caller),
    );
    const passed = resolved.parts.flatMap(each =>
      'part' in each ? each.part : [],
    );
    const { refusals, now } = await refusedByLedger(this.#ledger, {
      draft: { ...resolved, parts: passed },
      openRequestsPerPerson: this.#openRequestsPerPerson,
    });
    startOf(resolved.startsAt, now);
    const plans = await Promise.all(
      passed.map(part => this.#planner.plan({ ...resolved, part, now })),
    );
    const { approval, refusal: unstaffed } = resolved.breakGlass
      ? {}
      : await previewApproval(this.#finder, { ...resolved, parts: passed });
    const judge = (each: ResolvedPart) => {
      if ('refusal' in each) {
        return { refusal: each.refusal.message };
      }
      const index = passed.indexOf(each.part);
      const plan = plans[index];
      return {
        refusal:
          refusals[index] ??
          plan?.refusal ??
          (each.part.steps.length ? unstaffed : undefined),
        ...(plan && { plan: planLines(plan.lines, each.part) }),
        context: each.part.context,
        ...(plan?.residual && { residual: plan.residual }),
      };
    };
    return {
      automatic: approval === undefined,
      ...(approval && { approval }),
      ...(resolved.breakGlass && {
        breakGlass: {
          told: toldOfBreakGlass(
            await this.#staff({ ...resolved, parts: passed }),
          ),
        },
      }),
      leases: resolved.parts.map(each => ({
        profileId: each.profileId,
        durationMs: each.durationMs,
        ...judge(each),
      })),
    };
  }

  async getRequest(id: string, _options: CallOptions): Promise<RequestView> {
    const request = isId(id) && (await readRequest(this.#ledger, { id }));
    if (!request) {
      throw new NotFoundError(`There is no request ${id}`);
    }
    const [view] = await readViews(this.#ledger, [request]);
    return view;
  }

  async listRequests(
    query: Parameters<RequestService['listRequests']>[0],
    _options: CallOptions,
  ): Promise<RecordPage<RequestView>> {
    const { items, next } = await listRequests(this.#ledger, query);
    return { next, items: await readViews(this.#ledger, items) };
  }

  async decide(
    order: RequestDecision & { id: string },
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const view = await this.#decisions.decide(
      order,
      () => this.getRequest(order.id, options),
      options,
    );
    this.#engine.wake();
    return view;
  }

  async withdraw(
    order: { id: string },
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const { id } = order;
    const { caller } = options;
    const { request, leases } = await this.getRequest(id, options);
    if (request.state === 'pending') {
      const taken = await this.#takeBack(id, options);
      if (taken.request.state === 'withdrawn') {
        return taken;
      }
    }
    if (request.kind === 'extend') {
      if (request.state === 'withdrawn') {
        return { request, leases };
      }
      throw new ConflictError(
        `Request ${id} cannot be withdrawn any more: it is decided`,
      );
    }
    await writeWishes(this.#ledger, {
      leaseIds: leases.map(lease => lease.id),
      decide: (lease, now) => {
        if (lease.state === 'withdrawn') {
          return undefined;
        }
        if (lease.state !== 'approved') {
          throw new ConflictError(
            `Request ${id} cannot be withdrawn any more: lease ${lease.id} is ${lease.state}, and can be ended instead`,
          );
        }
        return askForEnd(lease, {
          actor: caller.actor,
          via: caller.via,
          now,
          reason: 'returned',
          why: 'Request withdrawn',
        });
      },
      also: async (ledger, result) => {
        await markWithdrawn(ledger, { id, now: result.now });
        const withdrawn = await readRequest(ledger, { id });
        await options.also?.(
          ledger,
          { request: withdrawn!, leases: result.leases },
          result.now,
        );
      },
    });
    this.#engine.wake();
    return await this.getRequest(id, options);
  }

  /** A request that nobody has decided about yet; as it is, if somebody was faster. */
  async #takeBack(
    id: string,
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const { actor } = options.caller;
    return await changeRequest(this.#ledger, {
      id,
      decide: async (view, now) =>
        view.request.state === 'pending'
          ? outcomesOf(view.request).closed(view, {
              as: 'withdrawn',
              deed: { actor, why: 'Request withdrawn' },
              now,
            })
          : undefined,
      also: async (ledger, view, now) => {
        if (view.request.state === 'withdrawn') {
          await options.also?.(ledger, view, now);
        }
      },
    });
  }

  /** With whom the parts name to decide. @throws NotAllowedError when there are too few */
  async #staff(draft: RequestDraft): Promise<StaffedDraft> {
    const finder = draft.copy
      ? new ApproverFinder({ directory: new CopiedDirectory(draft.copy) })
      : this.#finder;
    const steps = await finder.name(stepsOf(draft.parts), draft.subject);
    if (!draft.breakGlass) {
      await this.#finder.assertStaffed(steps, draft);
    }
    return { ...draft, steps };
  }
}

function peopleOf(
  request: CreateRequest,
  caller: Caller,
): Parameters<RequestResolver['resolve']>[1] {
  const subject =
    request.subject === undefined
      ? caller.user
      : readEntityRef(request.subject, 'subject');
  if (subject === undefined) {
    throw new InputError('subject is required: the caller is not a person');
  }
  const { actor, via, isAgent } = caller;
  return { requester: actor, subject, via, byAgent: isAgent || undefined };
}
