import { Entity } from '@backstage/catalog-model';
import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  CreateRequest,
  RequestedLease,
} from '@backstage-jit/plugin-jit-common';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import {
  BundleRegistry,
  decideApproval,
  decideEligibility,
  Directory,
  PeopleRule,
  pinSubjectProfile,
  ProfileRegistry,
  readEntityRef,
  readReason,
  readRequestedDuration,
  refusalSentence,
  Subject,
} from '../policy';
import { readInstant } from '../policy/readInstant';
import { LONGEST_REASON } from '../policy/reason';
import { RequestDraft, RequestedBundle, RequestedPart } from './RequestDraft';

/** A part that could be read: let through, or refused with the error that says why. */
export type ResolvedPart = {
  profileId: string;
  durationMs: number;
} & ({ part: RequestedPart } | { refusal: Error });

/** A request as everything but the ledger sees it. */
export interface ResolvedRequest extends Omit<RequestDraft, 'parts'> {
  parts: ResolvedPart[];
}

/**
 * Reads a request and decides all about it that needs only config and catalog: what is asked for, whether the subject may have it, and
 * what it becomes when it is kept.
 */
export class RequestResolver {
  readonly #profiles: ProfileRegistry;
  readonly #bundles: BundleRegistry;
  readonly #directory: Directory;
  readonly #operators: PeopleRule[];

  constructor(options: {
    profiles: ProfileRegistry;
    bundles: BundleRegistry;
    /** Must not answer from memory. */
    directory: Directory;
    operators: PeopleRule[];
  }) {
    this.#profiles = options.profiles;
    this.#bundles = options.bundles;
    this.#directory = options.directory;
    this.#operators = options.operators;
  }

  /**
   * @throws NotFoundError for an unknown profile, bundle or entity, InputError naming the field, CatalogUnavailableError. What is refused by a
   * rule is in the answer.
   */
  async resolve(
    request: CreateRequest,
    people: { requester: string; subject: string; via?: string },
  ): Promise<ResolvedRequest> {
    const bundle = this.#readBundle(request);
    const asked = bundle
      ? this.#readParts(request.leases, bundle)
      : request.leases.map((lease, index) =>
          this.#readAlone(lease, `leases[${index}]`),
        );
    const [lookup, entities] = await Promise.all([
      this.#directory.lookUpSubject(people.subject),
      this.#directory.lookUpEntities(
        asked.flatMap(({ entityRef }) => entityRef ?? []),
      ),
    ]);
    const missing = asked.find(
      ({ entityRef }) => entityRef && !entities.has(entityRef),
    );
    if (missing) {
      throw new NotFoundError(`There is no entity ${missing.entityRef}`);
    }
    const parts = await Promise.all(
      asked.map(async ({ profileId, entityRef, durationMs, ...asks }) => {
        const common = { profileId, durationMs };
        try {
          const part = await this.#decide({
            profileId,
            entityRef,
            durationMs,
            ...asks,
            reason: request.reason,
            target: entityRef ? entities.get(entityRef) : undefined,
            subject: lookup.status === 'found' ? lookup.subject : undefined,
            subjectRef: people.subject,
          });
          return { ...common, part };
        } catch (error) {
          if (
            error instanceof NotAllowedError ||
            error instanceof ServiceUnavailableError
          ) {
            return { ...common, refusal: error };
          }
          throw error;
        }
      }),
    );
    return {
      ...people,
      reason: plainReason(request.reason),
      origin: request.origin,
      startsAt:
        request.startsAt === undefined
          ? undefined
          : readInstant(request.startsAt, 'startsAt'),
      bundle,
      parts,
    };
  }

  #readBundle({
    bundleId,
    leases,
  }: CreateRequest): RequestedBundle | undefined {
    if (bundleId === undefined) {
      return undefined;
    }
    const bundle = this.#bundles.get(bundleId);
    if (!bundle) {
      throw new NotFoundError(`There is no bundle ${bundleId}`);
    }
    const { id, title, parts } = bundle;
    const asked = leases.map(({ profileId }) => profileId);
    if (asked.join() !== parts.join()) {
      throw new InputError(
        `leases must be the parts of ${id} in their order: ${parts.join(', ')}`,
      );
    }
    return { id, title, ...this.#bundles.timesOf(bundle) };
  }

  /** The parts of a bundle last as long as the first one. */
  #readParts(leases: RequestedLease[], { durations }: RequestedBundle) {
    const restoring = leases.findIndex(({ restores }) => restores);
    if (restoring >= 0) {
      throw new InputError(
        `leases[${restoring}].restores cannot be given: a part of a bundle is made anew`,
      );
    }
    const late = leases.findIndex(
      ({ duration }, index) => index > 0 && duration !== undefined,
    );
    if (late > 0) {
      throw new InputError(
        `leases[${late}].duration cannot be given: a bundle lasts as long as its first part`,
      );
    }
    const durationMs = readRequestedDuration({
      durations,
      requested: leases[0].duration,
      field: 'leases[0].duration',
    });
    return leases.map((lease, index) => ({
      ...this.#read(lease, `leases[${index}]`),
      durationMs,
    }));
  }

  #readAlone(lease: RequestedLease, field: string) {
    const { profile, ...read } = this.#read(lease, field);
    this.#bundles.assertLeasedAlone(profile, field);
    return {
      ...read,
      durationMs: readRequestedDuration({
        durations: profile.durations,
        requested: lease.duration,
        field: `${field}.duration`,
      }),
    };
  }

  #read(lease: RequestedLease, field: string) {
    const { profileId, parameters, restores } = lease;
    const profile = this.#profiles.get(profileId);
    if (!profile) {
      throw new NotFoundError(`There is no profile ${profileId}`);
    }
    return {
      profile,
      profileId,
      parameters,
      restores,
      entityRef:
        lease.entityRef === undefined
          ? undefined
          : readEntityRef(lease.entityRef, `${field}.entityRef`),
    };
  }

  async #decide(options: {
    profileId: string;
    entityRef?: string;
    durationMs: number;
    parameters: RequestedLease['parameters'];
    restores?: string;
    reason: string | undefined;
    target: Entity | undefined;
    subject: Subject | undefined;
    subjectRef: string;
  }): Promise<RequestedPart> {
    const { profileId, entityRef, durationMs, target, subject } = options;
    const profile = this.#profiles.get(profileId)!;
    const reason = readReason({
      rules: profile.reason,
      reason: options.reason,
    });
    if (!subject) {
      throw new NotAllowedError(
        `${options.subjectRef} is not a User of the catalog`,
      );
    }
    const eligibility = decideEligibility({ profile, subject, target });
    if (!eligibility.eligible) {
      throw this.#refusal(profileId, eligibility.rule);
    }
    const provider = this.#profiles.providerOf(profile);
    const { subjectFields } = provider;
    const subjectProfile = pinSubjectProfile({
      fields: subjectFields,
      profile: subject.profile,
    });
    if (subjectFields && !subjectProfile) {
      throw this.#refusal(
        profileId,
        `${profile.title} needs ${describeFields(subjectFields)} of ${
          subject.ref
        } from the catalog, out of a location that jit.people.trustedLocations names`,
      );
    }
    const approval = decideApproval({ profile, subject, target });
    if (approval.by === 'nobody') {
      throw this.#refusal(profileId, approval.rule);
    }
    if (approval.by === 'people') {
      throw this.#refusal(profileId, `${profile.title} needs an approval`);
    }
    const pinned = this.#profiles.pin({
      profileId,
      target,
      parameters: options.parameters,
    });
    const closed = await this.#profiles.lookAgain(profileId);
    if (closed) {
      throw new ServiceUnavailableError(
        `${profileId} is closed at the moment: ${closed}`,
      );
    }
    return {
      pinned,
      provider,
      subjectProfile,
      entityRef,
      durationMs,
      reason,
      restores: options.restores,
      rule: `${eligibility.rule}, ${approval.rule}`,
    };
  }

  #refusal(profileId: string, rule: string): NotAllowedError {
    return new NotAllowedError(
      refusalSentence({ rule, profileId, operators: this.#operators }),
    );
  }
}

/** In words: "the e-mail address or the annotation okta.com/login". */
function describeFields({
  email,
  annotations = [],
}: NonNullable<JitProvider['subjectFields']>): string {
  return [
    ...(email ? ['the e-mail address'] : []),
    ...annotations.map(name => `the annotation ${name}`),
  ].join(' or ');
}

/** The reason as the request keeps it; each profile has judged it by its own rules. */
function plainReason(reason: string | undefined): string | undefined {
  return reason?.trim().slice(0, LONGEST_REASON) || undefined;
}

/** @throws InputError naming the field */
