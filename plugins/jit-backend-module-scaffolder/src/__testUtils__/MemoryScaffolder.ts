import { JsonObject } from '@backstage/types';
import { Scaffolder, Task, TaskEnd, Template } from '../scaffolder';

/** A scaffolder without a database: tasks stay open until a test ends them. */
export class MemoryScaffolder implements Scaffolder {
  readonly templates = new Map<string, Template>();
  readonly tasks: Task[] = [];
  readonly ends = new Map<string, TaskEnd>();

  async getTemplate(ref: string): Promise<Template | undefined> {
    return this.templates.get(ref);
  }

  async startTask(request: {
    templateRef: string;
    values: JsonObject;
  }): Promise<string> {
    const id = `task-${this.tasks.length + 1}`;
    const createdAt = new Date(0).toISOString();
    this.tasks.unshift({ id, status: 'open', createdAt, ...request });
    return id;
  }

  async getTask(id: string): Promise<Task | undefined> {
    return this.tasks.find(task => task.id === id);
  }

  async getTaskEnd(id: string): Promise<TaskEnd> {
    return this.ends.get(id) ?? { output: {} };
  }

  async *listTasks(): AsyncIterable<Task> {
    yield* [...this.tasks];
  }

  /** Ends all that are open. */
  finish(status: string, output: JsonObject = {}): void {
    for (const task of this.tasks.filter(each => each.status === 'open')) {
      task.status = status;
      this.ends.set(task.id, { output });
    }
  }
}
