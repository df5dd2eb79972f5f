import { ReadBreakGlassCopy } from './BreakGlassCopy';
import { CatalogUnavailableError, Directory } from './Directory';
import {
  EligibilityOutcome,
  EligibilityQuestion,
  letInByCopy,
  outcomeByCatalog,
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
    try {
      const [outcome] = await this.#look([question]);
      return outcome;
    } catch (error) {
      const copy = CatalogUnavailableError.isOutage(error)
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
      outcomeByCatalog(question, {
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
