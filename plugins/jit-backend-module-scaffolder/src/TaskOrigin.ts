import { JitOrigin, OriginOutcome } from '@backstage-jit/plugin-jit-node';
import { Scaffolder } from './scaffolder';

/** A task of the scaffolder: the leases that its steps asked for stay when it completes, and end when it fails. */
export class TaskOrigin implements JitOrigin {
  readonly type = 'scaffolder-task';
  readonly service = 'plugin:scaffolder';
  readonly #scaffolder: Scaffolder;

  constructor(options: { scaffolder: Scaffolder }) {
    this.#scaffolder = options.scaffolder;
  }

  async look(
    id: string,
    options: { signal: AbortSignal },
  ): Promise<OriginOutcome> {
    const task = await this.#scaffolder.getTask(id, options);
    switch (task?.status) {
      case undefined:
        return 'vanished';
      case 'open':
      case 'processing':
        return 'running';
      case 'completed':
        return 'completed';
      case 'failed':
      case 'cancelled':
      case 'skipped':
        return 'failed';
      default:
        throw new Error('The scaffolder has a status that is not known here');
    }
  }
}
