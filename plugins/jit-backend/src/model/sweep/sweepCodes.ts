import { Difference } from '../../reconcile/compare';
import { NOW, toCode } from '../codes';
import { Reader } from '../Reader';
import { DEEDS, Pass, Report, Sweep } from './Sweep';

const TYPES: readonly Difference['type'][] = [
  'ghost',
  'resurrected',
  'unknown',
];

/** What the sweep knows, as numbers. The backup is written by whoever writes states. */
export function pushSweep(sweep: Sweep, now: number, codes: number[]): void {
  const { swept, disturbed, restored, pass, budget } = sweep;
  codes.push(
    (swept ? 1 : 0) +
      (disturbed ? 2 : 0) +
      (restored ? 4 : 0) +
      8 * budget.snatches +
      32 * budget.revivals +
      128 * budget.restores,
  );
  pushReport(sweep.report, now, codes);
  codes.push(pass ? passCode(pass) : 0);
  if (pass?.report) {
    pushReport(pass.report, now, codes);
  }
}

export function readSweep(reader: Reader): Sweep {
  const flags = reader.code();
  return {
    swept: (flags & 1) !== 0,
    disturbed: (flags & 2) !== 0,
    restored: (flags & 4) !== 0,
    budget: {
      snatches: (flags >> 3) & 3,
      revivals: (flags >> 5) & 3,
      restores: flags >> 7,
    },
    report: readReport(reader),
    pass: readPass(reader),
  };
}

function passCode({ listed, identity, deed, confirmed, report }: Pass): number {
  return (
    1 +
    (listed ? 2 : 0) +
    (identity === 'ours' ? 4 : 0) +
    (confirmed ? 8 : 0) +
    (report ? 16 : 0) +
    32 * (deed ? 1 + DEEDS.indexOf(deed) : 0)
  );
}

function readPass(reader: Reader): Pass | undefined {
  const code = reader.code();
  if (code === 0) {
    return undefined;
  }
  const deed = code >> 5;
  return {
    listed: (code & 2) !== 0,
    identity: code & 4 ? 'ours' : 'another',
    confirmed: code & 8 ? true : undefined,
    deed: deed ? DEEDS[deed - 1] : undefined,
    report: code & 16 ? readReport(reader) : undefined,
  };
}

function pushReport(
  { difference, held, go }: Report,
  now: number,
  codes: number[],
): void {
  codes.push(
    (held ? 1 : 0) +
      (go ? 2 : 0) +
      4 * (difference ? 1 + TYPES.indexOf(difference.type) : 0),
    toCode(difference?.firstSeenAt, now),
  );
}

function readReport(reader: Reader): Report {
  const flags = reader.code();
  const firstSeenAt = reader.time() ?? NOW;
  const type = flags >> 2;
  return {
    held: (flags & 1) !== 0,
    go: (flags & 2) !== 0,
    difference: type ? { type: TYPES[type - 1], firstSeenAt } : undefined,
  };
}
