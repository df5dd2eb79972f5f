import { Decision } from '../leases/advance';
import { EngineOptions } from './DefaultJitEngine';

/** Tells who listens of what a decision changed, once that is durable. */
export function tellOf(
  { view, events }: Decision,
  { onChange, observer }: Pick<EngineOptions, 'onChange' | 'observer'>,
): void {
  const changed = view.leases.filter(lease =>
    events.some(
      event => event.leaseId === lease.id && event.type.startsWith('lease.'),
    ),
  );
  if (changed.length) {
    onChange?.(changed);
  }
  for (const { leaseId, to } of events) {
    const lease = view.leases.find(each => each.id === leaseId);
    if (lease && to === lease.state) {
      observer?.moved?.(lease);
    }
  }
}
