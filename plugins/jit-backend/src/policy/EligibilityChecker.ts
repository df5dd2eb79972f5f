import { Entity } from '@backstage/catalog-model';
import {
  BreakGlassCopy,
  ReadBreakGlassCopy,
  whyNeedsCatalog,
} from './BreakGlassCopy';
import { namedOnly } from './CopiedDirectory';
import { CatalogUnavailableError, Directory, SubjectLookup } from './Directory';
import { decideBreakGlass, decideEligibility } from './eligibility';
import { PeopleRule, PinnedProfile } from './Profile';
import { Subject } from './rules';

export type EligibilityOutcome =
  | {
      outcome: 'eligible';
      /** In words, for the event. */
      rule: string;
      subject: Subject;
      /** As it was looked at. */
      target?: Entity;
    }
  | { outcome: 'ineligible'; rule: string }
  /** The catalog answered, and the subject is no longer there. */
  | { outcome: 'gone' }
  /** Nothing is known: grants nothing, ends nothing. */
  | { outcome: 'unavailable'; reason: string };

export interface EligibilityQuestion {
  pinned: PinnedProfile;
  /** A user's entity ref, normalised. */
  subject: string;
  /** Normalised. */
  entityRef?: string;
  /** Whether it is about an emergency, in which other people may. */
  breakGlass?: boolean;
  /** Whether more has to be known of the subject than their groups. */
  needsProfile?: boolean;
}

/**
 * Asks the catalog, now, whether people may have what they ask for or hold.
 */
export class EligibilityChecker {
  readonly #directory: Directory;
  readonly #lastCopy: ReadBreakGlassCopy;

  constructor(options: {
    /** Must not answer from memory. */
    directory: Directory;
    /** What lets people break the glass while the catalog is away. */
    lastCopy: ReadBreakGlassCopy;
  }) {
    this.#directory = options.directory;
    this.#lastCopy = options.lastCopy;
  }

  /** Before a grant: while the catalog does not answer, who breaks the glass is let in by the last copy, and nobody is put out. */
  async check(question: EligibilityQuestion): Promise<EligibilityOutcome> {
    try {
      const [outcome] = await this.#look([question]);
      return outcome;
    } catch (error) {
      const copy =
        question.breakGlass && CatalogUnavailableError.isOutage(error)
          ? await this.#lastCopy()
          : undefined;
      return (copy && letInByCopy(question, copy)) ?? unavailable(error);
    }
  }

  /**
   * The outcomes in the order of the questions, each person and entity looked up once. Never throws for a catalog that is down, and goes by no
   * copy.
   */
  async checkMany(
    questions: EligibilityQuestion[],
  ): Promise<EligibilityOutcome[]> {
    try {
      return await this.#look(questions);
    } catch (error) {
      const outcome = unavailable(error);
      return questions.map(() => outcome);
    }
  }

  /** @throws CatalogUnavailableError */
  async #look(questions: EligibilityQuestion[]): Promise<EligibilityOutcome[]> {
    const [subjects, targets] = await Promise.all([
      this.#directory.lookUpSubjects(questions.map(q => q.subject)),
      this.#directory.lookUpEntities(questions.flatMap(q => q.entityRef ?? [])),
    ]);
    return questions.map(question =>
      decide({
        pinned: question.pinned,
        breakGlass: question.breakGlass,
        lookup: subjects.get(question.subject),
        target: question.entityRef
          ? targets.get(question.entityRef)
          : undefined,
      }),
    );
  }
}

/** What is known when the catalog could not be asked. @throws what else went wrong */
function unavailable(error: unknown): EligibilityOutcome {
  if (CatalogUnavailableError.is(error)) {
    return { outcome: 'unavailable', reason: error.message };
  }
  throw error;
}

/** A copy lets in, and puts nobody out: of whom it does not let in nothing is known. */
function letInByCopy(
  {
    pinned,
    subject: ref,
    entityRef,
    breakGlass,
    needsProfile,
  }: EligibilityQuestion,
  { people }: BreakGlassCopy,
): EligibilityOutcome | undefined {
  if (
    needsProfile ||
    !Object.hasOwn(people, ref) ||
    whyNeedsCatalog(pinned) !== undefined
  ) {
    return undefined;
  }
  const outcome = decide({
    pinned,
    breakGlass,
    lookup: { status: 'found', subject: { ref, groups: people[ref] } },
    target: entityRef ? namedOnly([entityRef]).get(entityRef) : undefined,
  });
  return outcome.outcome === 'eligible' ? outcome : undefined;
}

function decide(options: {
  pinned: PinnedProfile;
  breakGlass: boolean | undefined;
  lookup: SubjectLookup | undefined;
  target?: Entity;
}): EligibilityOutcome {
  const { pinned, breakGlass, lookup, target } = options;
  if (!lookup || !isUnderstood(pinned)) {
    return {
      outcome: 'unavailable',
      reason: 'Its rules were written by a release that this one does not know',
    };
  }
  if (lookup.status === 'gone') {
    return { outcome: 'gone' };
  }
  const { subject } = lookup;
  const judge = breakGlass ? decideBreakGlass : decideEligibility;
  const decision = judge({ profile: pinned, subject, target });
  return decision.eligible
    ? { outcome: 'eligible', rule: decision.rule, subject, target }
    : { outcome: 'ineligible', rule: decision.rule };
}

/** Two releases may run side by side: a rule of the newer one must be neither skipped nor taken for a refusal by the older. */
function isUnderstood(pinned: PinnedProfile): boolean {
  const known: ReadonlyArray<PeopleRule['kind']> = ['group', 'user', 'owner'];
  return (
    pinned.v === 1 &&
    [...pinned.eligible, ...pinned.deny].every(rule =>
      known.includes(rule.kind),
    )
  );
}
