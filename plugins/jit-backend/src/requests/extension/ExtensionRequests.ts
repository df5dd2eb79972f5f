import { ConflictError } from '@backstage/errors';
import {
  CreateRequest,
  PreviewedApproval,
} from '@backstage-jit/plugin-jit-common';
import { randomUUID } from 'node:crypto';
import { Ledger } from '../../database/Ledger';
import { placeExtension } from '../../database/operations/requests/placeExtension';
import { RequestView } from '../../database/operations/requests/placeRequest';
import { refusedToExtend } from '../../database/operations/requests/refusedToExtend';
import {
  askForApproval,
  assertApprovable,
  takesItsEndLater,
} from '../../leases/extension';
import { CallOptions, WriteOptions } from '../../leases/LeaseService';
import { LeaseRecord } from '../../leases/records';
import {
  BundleRegistry,
  extensibleByApproval,
  ExtensionTerms,
  ProfileRegistry,
  sentParameters,
} from '../../policy';
import { ApproverFinder } from '../approval/ApproverFinder';
import { previewApproval } from '../approval/previewApproval';
import { stepsOf } from '../approval/stepsOf';
import { RequestDraft } from '../RequestDraft';
import { RequestResolver } from '../RequestResolver';
import { assertSameThings } from './assertSameThings';
import { earliestEnd } from './earliestEnd';
import { placedExtension } from './placedExtension';

/** A later end than what is moved at once. */
export interface WantedExtension {
  lease: LeaseRecord;
  /** It, or all parts of its bundle in their order. */
  leases: LeaseRecord[];
  byMs: number;
  /** What the lease was asked for with, when not given. */
  reason?: string;
}

/** How much people can approve at a time, or why they cannot. */
export type Approvable = ReturnType<typeof extensibleByApproval>;

/**
 * Takes in requests for a later end than what is moved at once. They are decided like any, by the rules of now; until then, and when it comes to
 * nothing, the end stays where it is.
 */
export class ExtensionRequests {
  readonly #ledger: Ledger;
  readonly #resolver: Pick<RequestResolver, 'resolve'>;
  readonly #profiles: Pick<ProfileRegistry, 'get'>;
  readonly #bundles: Pick<BundleRegistry, 'get' | 'partsOf' | 'timesOf'>;
  readonly #finder: ApproverFinder;

  constructor(options: {
    ledger: Ledger;
    resolver: Pick<RequestResolver, 'resolve'>;
    profiles: Pick<ProfileRegistry, 'get'>;
    bundles: Pick<BundleRegistry, 'get' | 'partsOf' | 'timesOf'>;
    finder: ApproverFinder;
  }) {
    this.#ledger = options.ledger;
    this.#resolver = options.resolver;
    this.#profiles = options.profiles;
    this.#bundles = options.bundles;
    this.#finder = options.finder;
  }

  /** By the rules of now alone: nobody is asked. */
  approvable(lease: LeaseRecord): Approvable {
    const { grantedAt, expiresAt } = lease;
    const terms = this.#termsOf(lease);
    if (!terms || grantedAt === undefined || expiresAt === undefined) {
      return { refusal: `${lease.profileTitle} is not offered any more` };
    }
    return extensibleByApproval({ terms, grantedAt, expiresAt });
  }

  /**
   * @throws ConflictError when the end cannot be moved, a limit of time or a stop is in the way, or such a request waits already;
   * InputError naming the field, NotAllowedError naming the rule, CatalogUnavailableError
   */
  async ask(
    wanted: WantedExtension,
    options: WriteOptions<RequestView>,
  ): Promise<RequestView> {
    const { lease: target, leases, byMs } = wanted;
    const { actor, via } = options.caller;
    const draft = await this.#draft(wanted, options);
    const steps = await this.#finder.name(stepsOf(draft.parts), draft.subject);
    await this.#finder.assertStaffed(steps, draft);
    const id = randomUUID();
    const leaseIds = leases.map(lease => lease.id);
    return await placeExtension(this.#ledger, {
      draft: { ...draft, steps },
      leaseIds,
      note: (lease, now) =>
        lease.id !== target.id && takesItsEndLater(lease)
          ? undefined
          : askForApproval(lease, {
              actor,
              via,
              now,
              requestId: id,
              byMs,
              upToMs: this.#demandApprovable(lease),
              canExtend: draft.parts.every(
                ({ provider }) => provider.supports.extend,
              ),
              why: draft.reason,
            }),
      place: (noted, now) =>
        placedExtension(
          { ...draft, steps },
          {
            id,
            leaseId: target.id,
            leaseIds,
            from: noted.find(each => each.id === target.id)!.expiresAt!,
            byMs,
            now,
          },
        ),
      also: options.also,
    });
  }

  /** The same without any effect: who would decide, and why it would be refused. */
  async preview(
    wanted: WantedExtension,
    options: CallOptions,
  ): Promise<{ approval?: PreviewedApproval; refusal?: string }> {
    const { lease, leases, byMs } = wanted;
    const draft = await this.#draft(wanted, options);
    const { approval, refusal } = await previewApproval(this.#finder, draft);
    const { knex, clock } = this.#ledger;
    const leftMs = earliestEnd(leases) - (await clock.now(knex));
    return {
      approval: approval && {
        ...approval,
        lapsesAfterMs: Math.max(0, Math.min(approval.lapsesAfterMs, leftMs)),
      },
      refusal:
        refusal ??
        (await refusedToExtend(this.#ledger, {
          draft,
          from: lease.expiresAt!,
          until: lease.expiresAt! + byMs,
        })),
    };
  }

  async #draft(
    { lease, leases, byMs, reason }: WantedExtension,
    { caller }: CallOptions,
  ): Promise<RequestDraft> {
    assertApprovable({ byMs, upToMs: this.#demandApprovable(lease) });
    const asked: CreateRequest = {
      bundleId: lease.bundle?.id,
      leases: leases.map((each, index) => ({
        profileId: each.profileId,
        entityRef: each.entityRef,
        parameters: sentParameters(
          this.#profiles.get(each.profileId)?.slots ?? [],
          each.parameters,
        ),
        ...(index === 0 && { duration: { milliseconds: byMs } }),
      })),
      reason: reason ?? lease.reason,
    };
    const { actor, via, isAgent } = caller;
    const resolved = await this.#resolver.resolve(asked, {
      requester: actor,
      subject: lease.subject,
      via,
      byAgent: isAgent || undefined,
      extending: { breakGlass: lease.breakGlass === true },
    });
    const parts = resolved.parts.map(each => {
      if ('refusal' in each) {
        throw each.refusal;
      }
      return each.part;
    });
    assertSameThings(parts, leases);
    return { ...resolved, parts };
  }

  #demandApprovable(lease: LeaseRecord): number {
    const approvable = this.approvable(lease);
    if ('refusal' in approvable) {
      throw new ConflictError(approvable.refusal);
    }
    return approvable.upToMs;
  }

  #termsOf({ bundle, profileId }: LeaseRecord): ExtensionTerms | undefined {
    if (bundle) {
      const known = this.#bundles.get(bundle.id);
      return (
        known && {
          profiles: this.#bundles.partsOf(known),
          times: this.#bundles.timesOf(known),
        }
      );
    }
    const profile = this.#profiles.get(profileId);
    return profile && { profiles: [profile], times: profile };
  }
}
