import { AuthService } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JitService } from '@backstage-jit/plugin-jit-node';

/** What every action works with. */
export interface StepServices {
  jit: JitService;
  /** Of the scaffolder: whom the jit backend sees as `plugin:scaffolder`. */
  auth: AuthService;
  /** `app.baseUrl`: where links lead. */
  appUrl: string;
}

/** What is the same about the context of every action, whatever its input and output are. */
export type StepContext = Pick<
  ActionContext<{}>,
  | 'checkpoint'
  | 'each'
  | 'getInitiatorCredentials'
  | 'isDryRun'
  | 'logger'
  | 'signal'
  | 'step'
  | 'task'
>;

/** The type of the origin of what the steps of a task ask for. */
export const TASK_ORIGIN = 'scaffolder-task';
