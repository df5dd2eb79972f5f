import { ReadBreakGlassCopy } from './BreakGlassCopy';
import { CatalogUnavailableError, Directory } from './Directory';
import {
  EligibilityOutcome,
  EligibilityQuestion,
  Evidence,
  outcomeBy,
} from './eligibilityOutcome';

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
    return outcomeBy(question, await this.#evidenceOn(question));
  }

  /**
   * The outcomes in the order of the questions, each person and entity looked up once. Never throws for a catalog that is down, and goes by no
   * copy.
   */
  async checkMany(
    questions: EligibilityQuestion[],
  ): Promise<EligibilityOutcome[]> {
    const evidence = await this.#look(questions).catch(error => {
      const nothing = withoutCatalog(error);
      return questions.map(() => nothing);
    });
    return questions.map((question, n) => outcomeBy(question, evidence[n]));
  }

  async #evidenceOn(question: EligibilityQuestion): Promise<Evidence> {
    try {
      const [evidence] = await this.#look([question]);
      return evidence;
    } catch (error) {
      return {
        ...withoutCatalog(error),
        ...(CatalogUnavailableError.isOutage(error) && {
          copy: await this.#lastCopy(),
        }),
      };
    }
  }

  /** @throws CatalogUnavailableError */
  async #look(questions: EligibilityQuestion[]): Promise<Evidence[]> {
    const [subjects, targets] = await Promise.all([
      this.#directory.lookUpSubjects(questions.map(q => q.subject)),
      this.#directory.lookUpEntities(questions.flatMap(q => q.entityRef ?? [])),
    ]);
    return questions.map(({ subject, entityRef }) => ({
      found: {
        lookup: subjects.get(subject),
        target: entityRef ? targets.get(entityRef) : undefined,
      },
    }));
  }
}

/** What is known when the catalog could not be asked. @throws what else went wrong */
function withoutCatalog(error: unknown): Evidence {
  if (CatalogUnavailableError.is(error)) {
    return { away: error.message };
  }
  throw error;
}
