import {
  coreServices,
  createBackendModule,
  SchedulerService,
} from '@backstage/backend-plugin-api';

/** A module with which a test runs a task of the plugin at once, when the backend has started. */
export function createTaskTrigger() {
  let scheduler: SchedulerService;
  const module = createBackendModule({
    pluginId: 'jit',
    moduleId: 'task-trigger',
    register(registration) {
      registration.registerInit({
        deps: { scheduler: coreServices.scheduler },
        async init(deps) {
          scheduler = deps.scheduler;
        },
      });
    },
  });
  return {
    module,
    trigger: async (taskId: string) => await scheduler.triggerTask(taskId),
  };
}
