import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What came of one episode of the proof. */
export interface ProofLine {
  series: string;
  index: number;
  /** Where processes died. */
  killed: string[];
  missed: string[];
  /** How often somebody was let in by what they were given. */
  letIn: number;
  /** How long it took, whatever else ran beside it. */
  ms: number;
}

/** What was proven so far, in a file of a line an episode: a proof that was broken off goes on from there. */
export class ProofLog {
  readonly #lines: ProofLine[];

  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.#lines = text
      .split('\n')
      // What a death cut off is no line yet.
      .filter(line => line.endsWith('}'))
      .map(line => JSON.parse(line));
    if (text && !text.endsWith('\n')) {
      appendFileSync(path, '\n');
    }
  }

  get lines(): readonly ProofLine[] {
    return this.#lines;
  }

  doneOf(series: string): ReadonlySet<number> {
    return new Set(
      this.#lines
        .filter(line => line.series === series)
        .map(({ index }) => index),
    );
  }

  append(line: ProofLine): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
    this.#lines.push(line);
  }
}
