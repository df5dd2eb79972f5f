/**
 * Just-in-time access in the portal, for the legacy frontend system. The new one takes it from `./alpha`.
 *
 * @packageDocumentation
 */
export { jitApiRef } from './api';
export {
  JitSidebarItem,
  type JitSidebarItemProps,
} from './components/JitSidebarItem';
export {
  EntityJitCard,
  EntityJitContent,
  JitPage,
  jitPlugin,
  jitPlugin as default,
} from './plugin';
