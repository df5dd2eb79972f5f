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
import { ContextSources } from '../context/ContextSources';
import {
  BreakGlassCopy,
  BundleRegistry,
  CatalogUnavailableError,
  CopiedDirectory,
  Directory,
  PeopleRule,
  ProfileRegistry,
  ReadBreakGlassCopy,
  readEntityRef,
  readRequestedDuration,
  Subject,
} from '../policy';
import { readInstant } from '../policy/readInstant';
import { LONGEST_REASON } from '../policy/reason';
import { Extending, PartDecider } from './PartDecider';
import { RequestDraft, RequestedBundle, RequestedPart } from './RequestDraft';

/** A part that could be read: let through, or refused with the error that says why. */
export type ResolvedPart = {
  profileId: string;
  durationMs: number;
} & ({ part: RequestedPart } | { refusal: Error });

/** Who asks, for whom, by what. */
interface Askers {
  requester: string;
  subject: string;
  via?: string;
  /** Whether an agent asks in the person's name. */
  byAgent?: boolean;
  /** Given when it is about a later end of leases that are there. */
  extending?: Extending;
}

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
  readonly #parts: PartDecider;
  readonly #lastCopy: ReadBreakGlassCopy;

  constructor(options: {
    profiles: ProfileRegistry;
    bundles: BundleRegistry;
    /** Must not answer from memory. */
    directory: Directory;
    contextSources: Pick<ContextSources, 'ask'>;
    operators: PeopleRule[];
    /** What lets people break the glass while the catalog is away. */
    lastCopy: ReadBreakGlassCopy;
  }) {
    this.#profiles = options.profiles;
    this.#bundles = options.bundles;
    this.#directory = options.directory;
    this.#parts = new PartDecider(options);
    this.#lastCopy = options.lastCopy;
  }

  /**
   * @throws NotFoundError for an unknown profile, bundle or entity, InputError naming the field, NotAllowedError for who may not ask for somebody
   * else, CatalogUnavailableError. What is refused to who receives it is in the answer.
   */
  async resolve(
    request: CreateRequest,
    people: Askers,
  ): Promise<ResolvedRequest> {
    try {
      return await this.#resolve(request, people, this.#directory);
    } catch (error) {
      const copy =
        request.breakGlass && CatalogUnavailableError.isOutage(error)
          ? await this.#lastCopy()
          : undefined;
      if (!copy) {
        throw error;
      }
      const directory = new CopiedDirectory(copy);
      return await this.#resolve(request, people, directory, copy);
    }
  }

  async #resolve(
    request: CreateRequest,
    people: Askers,
    directory: Directory,
    copy?: BreakGlassCopy,
  ): Promise<ResolvedRequest> {
    const bundle = this.#readBundle(request);
    const asked = bundle
      ? this.#readParts(request.leases, bundle)
      : request.leases.map((lease, index) =>
          this.#readAlone(lease, `leases[${index}]`),
        );
    const [lookup, asker, entities] = await Promise.all([
      directory.lookUpSubject(people.subject),
      this.#lookUpOther(people),
      directory.lookUpEntities(
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
        const onBehalf =
          asker &&
          this.#parts.allowOnBehalf({
            profileId,
            asker,
            target: entityRef ? entities.get(entityRef) : undefined,
          });
        try {
          const part = await this.#parts.decide({
            profileId,
            entityRef,
            durationMs,
            ...asks,
            reason: request.reason,
            target: entityRef ? entities.get(entityRef) : undefined,
            subject: lookup.status === 'found' ? lookup.subject : undefined,
            subjectRef: people.subject,
            onBehalf,
            byAgent: people.byAgent === true,
            breakGlass: request.breakGlass === true,
            extending: people.extending,
            copy,
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
      breakGlass: request.breakGlass,
      copy,
      parts,
      asked: {
        bundleId: request.bundleId,
        leases: request.leases,
        reason: request.reason,
        startsAt: request.startsAt,
        byAgent: people.byAgent,
      },
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

  /** The person who asks for somebody else; an access token has its own right to. */
  async #lookUpOther(people: {
    requester: string;
    subject: string;
  }): Promise<Subject | undefined> {
    const { requester, subject } = people;
    if (requester === subject || !requester.startsWith('user:')) {
      return undefined;
    }
    const lookup = await this.#directory.lookUpSubject(requester);
    if (lookup.status === 'gone') {
      throw new NotAllowedError(`${requester} is not a User of the catalog`);
    }
    return lookup.subject;
  }
}

/** The reason as the request keeps it; each profile has judged it by its own rules. */
function plainReason(reason: string | undefined): string | undefined {
  return reason?.trim().slice(0, LONGEST_REASON) || undefined;
}
