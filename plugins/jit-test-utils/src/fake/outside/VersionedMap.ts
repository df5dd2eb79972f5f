/** Which of the versions of a value is seen. */
export type View = 'latest' | { upTo: number } | { asOf: number };

interface Version<T> {
  sequence: number;
  at: number;
  value: T | undefined;
}

/** A map that can be read as it was. */
export class VersionedMap<T> {
  readonly #versions = new Map<string, Version<T>[]>();
  #sequence = 0;
  /** Off: only the latest version is kept. */
  keepHistory = false;

  /** What a frozen view is taken up to. */
  get sequence(): number {
    return this.#sequence;
  }

  set(key: string, value: T | undefined, at: number): void {
    this.#sequence += 1;
    const version = { sequence: this.#sequence, at, value };
    if (this.keepHistory) {
      this.#versions.set(key, [...(this.#versions.get(key) ?? []), version]);
    } else if (value === undefined) {
      this.#versions.delete(key);
    } else {
      this.#versions.set(key, [version]);
    }
  }

  get(key: string, view: View = 'latest'): T | undefined {
    const seen = this.#versions.get(key)?.filter(version => {
      if (view === 'latest') {
        return true;
      }
      return 'upTo' in view
        ? version.sequence <= view.upTo
        : version.at <= view.asOf;
    });
    return seen?.at(-1)?.value;
  }

  values(view: View = 'latest'): T[] {
    const values: T[] = [];
    for (const key of this.#versions.keys()) {
      const value = this.get(key, view);
      if (value !== undefined) {
        values.push(value);
      }
    }
    return values;
  }
}
