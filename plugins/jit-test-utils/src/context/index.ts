export {
  createExternalName,
  createLeaseContext,
  createProviderLease,
  DEFAULT_MARK,
} from './createLeaseContext';
export type { LeaseContextOptions } from './createLeaseContext';
export { RecordingLogger } from './RecordingLogger';
export type { LogEntry } from './RecordingLogger';
