import { readFileSync, writeFileSync } from 'node:fs';

const KB = 1_024;

/** How much memory a process has by now, and at the most since it was last begun anew, in MB. On Linux. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = name =>
    Math.round(
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]) / KB,
    );
  return { now: read('VmRSS'), most: read('VmHWM') };
}

/** Begins anew with what is the most. */
export function beginAnew(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
