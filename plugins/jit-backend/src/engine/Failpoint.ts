/**
 * The places between intent and finish at which a process may die. Only the crash tests hand one in; there is none in production.
 */
export type FailpointName =
  | 'claimed'
  | 'before-commit'
  | 'intent-committed'
  | 'call-answered'
  | 'outcome-committed';

/** Called at each place; a test kills the process inside. */
export type Failpoint = (
  name: FailpointName,
  facts: { operation?: string },
) => Promise<void>;
