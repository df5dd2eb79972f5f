import { Entity } from '@backstage/catalog-model';
import { Directory, SubjectLookup } from './Directory';

const MAXIMUM_ENTRIES = 1_000;

/** Failures are not remembered. */
class ShortMemory<T> {
  readonly #entries = new Map<string, { value: T; until: number }>();
  readonly #keepMs: number;
  readonly #now: () => number;

  constructor(options: { keepMs: number; now: () => number }) {
    this.#keepMs = options.keepMs;
    this.#now = options.now;
  }

  async get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    if (known && known.until > this.#now()) {
      return known.value;
    }
    const until = this.#now() + this.#keepMs;
    const value = await read();
    if (this.#entries.size >= MAXIMUM_ENTRIES) {
      this.#entries.clear();
    }
    this.#entries.set(key, { value, until });
    return value;
  }
}

/**
 * Remembers answers for a few seconds. For showing offers only: whether something is granted is decided by a fresh look.
 */
export class CachingDirectory implements Directory {
  readonly #directory: Directory;
  readonly #subjects: ShortMemory<SubjectLookup>;
  readonly #entities: ShortMemory<Entity | undefined>;

  constructor(options: {
    directory: Directory;
    /** 10 seconds when not given. */
    keepMs?: number;
    /** Monotonic milliseconds. */
    now?: () => number;
  }) {
    const { keepMs = 10_000, now = () => performance.now() } = options;
    this.#directory = options.directory;
    this.#subjects = new ShortMemory({ keepMs, now });
    this.#entities = new ShortMemory({ keepMs, now });
  }

  async lookUpSubject(userRef: string): Promise<SubjectLookup> {
    return this.#subjects.get(userRef, () =>
      this.#directory.lookUpSubject(userRef),
    );
  }

  async lookUpSubjects(
    userRefs: string[],
  ): Promise<Map<string, SubjectLookup>> {
    return this.#directory.lookUpSubjects(userRefs);
  }

  async lookUpGroups(groupRefs: string[]): Promise<Set<string>> {
    return this.#directory.lookUpGroups(groupRefs);
  }

  async lookUpMembers(refs: string[]): Promise<Map<string, string[]>> {
    return this.#directory.lookUpMembers(refs);
  }

  async lookUpEntities(entityRefs: string[]): Promise<Map<string, Entity>> {
    if (entityRefs.length !== 1) {
      return this.#directory.lookUpEntities(entityRefs);
    }
    const [ref] = entityRefs;
    const entity = await this.#entities.get(ref, async () =>
      (await this.#directory.lookUpEntities([ref])).get(ref),
    );
    return new Map(entity ? [[ref, entity]] : []);
  }
}
