import { Progress, ProviderHandle } from '@backstage-jit/plugin-jit-node';
import { HumanDuration } from '@backstage/types';
import { durationToMs } from './durationToMs';

/** @public */
export interface DriveOptions<THandle extends ProviderHandle> {
  /** One call of the operation, with the handle that was last committed. */
  step(handle: THandle | undefined): Promise<Progress<THandle>>;
  handle?: THandle;
  /** Lets time pass between two steps. */
  wait(ms: number): Promise<void>;
  /** Called with the handle of each step, before the next one: where the engine commits. */
  onCommit?(handle: THandle | undefined): void;
  /** After so many steps the operation counts as one that never ends; 200 when not given. */
  maximumSteps?: number;
}

/** When a step does not say when to look again. */
const DEFAULT_LOOK_AGAIN: HumanDuration = { milliseconds: 100 };

/**
 * Calls one operation until it is done, as the engine does: the handle of each step is written and read back as JSON before the next.
 *
 * @returns what each step answered, in order
 * @throws whatever a step throws
 * @public
 */
export async function driveToDone<THandle extends ProviderHandle>(
  options: DriveOptions<THandle>,
): Promise<Progress<THandle>[]> {
  const maximum = options.maximumSteps ?? 200;
  const answers: Progress<THandle>[] = [];
  let handle = options.handle;
  while (answers.length < maximum) {
    const progress = await options.step(handle);
    answers.push(progress);
    if (progress.handle !== undefined) {
      handle = JSON.parse(JSON.stringify(progress.handle)) as THandle;
    }
    options.onCommit?.(handle);
    if (progress.done) {
      return answers;
    }
    await options.wait(
      durationToMs(progress.lookAgainIn ?? DEFAULT_LOOK_AGAIN),
    );
  }
  throw new Error(`The operation was not done after ${maximum} steps`);
}
