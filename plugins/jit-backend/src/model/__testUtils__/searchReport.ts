import { Found } from '../search';

/**
 * Prints what the searches of a file found, once all are done: how much there was, and the histories that led to the faults made on purpose. To be
 * called once in a file, where its tests are described.
 */
export function createSearchReport() {
  const lines: string[] = [];
  const sum = { states: 0, milliseconds: 0 };

  afterAll(() => {
    lines.push(`All in all ${sum.states} states, ${seconds(sum.milliseconds)}`);
    process.stdout.write(`${lines.join('\n')}\n`);
  });

  return (name: string, found: Found): void => {
    const { states, transitions, milliseconds, broken } = found;
    sum.states += states;
    sum.milliseconds += milliseconds;
    lines.push(
      `${name}: ${states} states, ${transitions} transitions, ${seconds(
        milliseconds,
      )}`,
    );
    if (broken) {
      lines.push(traceOf(found));
    }
  };
}

/** The history that leads to the broken promise, to be read; empty where every promise was kept. */
export function traceOf({ broken }: Found): string {
  return broken
    ? `  ${broken.invariant}: ${broken.detail}\n${broken.history.join('\n')}`
    : '';
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
