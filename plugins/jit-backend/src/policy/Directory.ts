import { Entity } from '@backstage/catalog-model';
import { ResponseError, ServiceUnavailableError } from '@backstage/errors';
import { Subject } from './rules';

export type SubjectLookup =
  | { status: 'found'; subject: Subject }
  /** The catalog answered, and there is no such person. */
  | { status: 'gone' };

/**
 * People and entities as the catalog holds them, asked with our own credentials and never with a caller's. Refs are normalised.
 */
export interface Directory {
  /**
   * A person and all groups they are in.
   *
   * @throws CatalogUnavailableError when the catalog gave no answer. InputError when the ref is not of a User.
   */
  lookUpSubject(userRef: string): Promise<SubjectLookup>;

  /**
   * Many people at once. Every ref that was asked for is in the answer.
   *
   * @throws CatalogUnavailableError InputError as for one.
   */
  lookUpSubjects(userRefs: string[]): Promise<Map<string, SubjectLookup>>;

  /**
   * Which of the groups exist, and count.
   *
   * @throws CatalogUnavailableError
   */
  lookUpGroups(groupRefs: string[]): Promise<Set<string>>;

  /**
   * The people that users and groups stand for, by each of the refs: members of groups below count. Of a great many only the first
   * are in the answer.
   *
   * @throws CatalogUnavailableError
   */
  lookUpMembers(refs: string[]): Promise<Map<string, string[]>>;

  /**
   * Entities, whole. Those that do not exist are not in the answer.
   *
   * @throws CatalogUnavailableError
   */
  lookUpEntities(entityRefs: string[]): Promise<Map<string, Entity>>;
}

/**
 * The catalog gave no answer, or none that can be used. Nothing follows from it: nobody is eligible, and nobody has left. Answered
 * as 503, with our own sentence.
 */
export class CatalogUnavailableError extends ServiceUnavailableError {
  /** True also for an instance made by another copy of this package. */
  static is(error: unknown): error is CatalogUnavailableError {
    return error instanceof Error && 'catalogUnavailable' in error;
  }

  /** Whether that is what went wrong, and the catalog gave no answer at all. One that refuses, is empty or cannot be used is no outage. */
  static isOutage(error: unknown): boolean {
    return CatalogUnavailableError.is(error) && error.gaveNoAnswer;
  }

  /** For a call to the catalog that failed. */
  static ofFailed(error: unknown): CatalogUnavailableError {
    return new CatalogUnavailableError('it does not answer', {
      gaveNoAnswer:
        !(error instanceof ResponseError) || error.statusCode >= 500,
    });
  }

  readonly catalogUnavailable = true;

  private readonly gaveNoAnswer: boolean;

  constructor(why: string, options?: { gaveNoAnswer: boolean }) {
    super(`The catalog cannot be asked: ${why}`);
    this.gaveNoAnswer = options?.gaveNoAnswer ?? false;
  }
}
