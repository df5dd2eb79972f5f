import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

/** A task as far as we look at it. */
export interface Task {
  id: string;
  status: string;
  /** Undefined for what a service started. */
  createdBy?: string;
  createdAt: string;
  templateRef?: string;
  values: JsonObject;
}

/** How a task ended. */
export interface TaskEnd {
  output: JsonObject;
  /** The name of the step that failed. */
  failedStep?: string;
}

/** A template as far as we look at it. */
export interface Template {
  /** As the catalog has it. */
  entity: Entity;
  /** Its parameter schemas, a page each. */
  parameters: JsonObject[];
  /** The schema of the secrets that it is started with. */
  secrets?: JsonObject;
  steps: JsonObject[];
}

export interface CallOptions {
  signal: AbortSignal;
}

/**
 * The scaffolder of this portal, called as the jit backend's own service.
 *
 * Everything that is not an answer is thrown as a JitProviderError in our own words.
 */
export interface Scaffolder {
  /** @returns undefined when there is none */
  getTemplate(ref: string, options: CallOptions): Promise<Template | undefined>;

  /**
   * Starts a task. Not idempotent.
   *
   * @returns its id
   */
  startTask(
    request: { templateRef: string; values: JsonObject },
    options: CallOptions,
  ): Promise<string>;

  /** @returns undefined when there is none */
  getTask(id: string, options: CallOptions): Promise<Task | undefined>;

  getTaskEnd(id: string, options: CallOptions): Promise<TaskEnd>;

  /** All tasks, the newest first. */
  listTasks(options: CallOptions): AsyncIterable<Task>;
}
