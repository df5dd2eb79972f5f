import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';
import { isDeepStrictEqual } from 'node:util';
import { Task } from '../scaffolder';

/** The parameter by which our tasks are known. Templates may read it: `${{ parameters.jitLease.id }}`. */
export const MARK = 'jitLease';

/** What one of our tasks is for. */
export interface RunMark extends JsonObject {
  id: string;
  name: string;
  installation: string;
  ledgerId: string;
  purpose: 'teardown' | 'look';
  /** Which run of the teardown it is, or belongs to. */
  attempt: number;
}

/** What marks belong to one lease. */
export interface Marked {
  mark: OwnershipMark;
  externalName: string;
  lease: { id: string };
}

export function markFor(
  { mark, externalName, lease }: Marked,
  run: Pick<RunMark, 'purpose' | 'attempt'>,
): RunMark {
  const { installation, ledgerId } = mark;
  const { purpose, attempt } = run;
  return {
    id: lease.id,
    name: externalName,
    installation,
    ledgerId,
    purpose,
    attempt,
  };
}

/**
 * Whether a task is that very run of ours. Anybody who may start the template can give it these values, so it must also be one that a service
 * started: it has no person.
 */
export function isRun(task: Task, mark: RunMark): boolean {
  return (
    task.createdBy === undefined && isDeepStrictEqual(task.values[MARK], mark)
  );
}
