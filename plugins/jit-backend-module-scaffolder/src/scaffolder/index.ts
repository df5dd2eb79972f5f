export { HttpScaffolder } from './HttpScaffolder';
export type { Scaffolder, Task, TaskEnd, Template } from './Scaffolder';
