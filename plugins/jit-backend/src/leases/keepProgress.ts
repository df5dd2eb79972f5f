import { StepProgress } from './CallOutcome';
import { sortFacts } from './facts';
import { LeaseRecord } from './records';

/** Keeps what a step has said of a lease, for the next step and for who looks at it. */
export function keepProgress(lease: LeaseRecord, progress: StepProgress): void {
  if (progress.handle) {
    lease.handle = progress.handle as LeaseRecord['handle'];
  }
  lease.facts = sortFacts(progress.facts).kept ?? lease.facts;
  lease.note = progress.done ? undefined : progress.note;
}
