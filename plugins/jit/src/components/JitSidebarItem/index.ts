export * from './JitSidebarItem';
