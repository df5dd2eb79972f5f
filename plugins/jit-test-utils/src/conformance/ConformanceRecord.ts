import { RecordingLogger } from '../context';

/**
 * All that a provider let out in a run of the kit, so that secrets can be looked for in it.
 *
 * @public
 */
export class ConformanceRecord {
  readonly logger = new RecordingLogger();
  readonly #said: string[] = [];
  readonly #secrets = new Set<string>();

  addSecrets(secrets: string[]): void {
    for (const secret of secrets) {
      this.#secrets.add(secret);
    }
  }

  addAnswer(operation: string, answer: unknown): void {
    this.#said.push(`answer of ${operation}: ${JSON.stringify(answer)}`);
  }

  addError(operation: string, error: unknown): void {
    const texts =
      error instanceof Error
        ? [error.name, error.message, error.stack, JSON.stringify(error)]
        : [String(error), JSON.stringify(error)];
    this.#said.push(`error of ${operation}: ${texts.join('\n')}`);
  }

  get secretCount(): number {
    return this.#secrets.size;
  }

  /** Where secrets came out. The places are named, the secrets are not repeated. */
  leaks(): string[] {
    const logged = this.logger.entries.map(
      entry => `log: ${entry.message} ${JSON.stringify(entry.meta)}`,
    );
    const leaks = new Set<string>();
    for (const text of [...this.#said, ...logged]) {
      for (const secret of this.#secrets) {
        // As it is, and as JSON would have escaped it.
        const forms = [secret, JSON.stringify(secret).slice(1, -1)];
        if (forms.some(form => text.includes(form))) {
          leaks.add(text.slice(0, text.indexOf(':')));
        }
      }
    }
    return [...leaks];
  }
}
