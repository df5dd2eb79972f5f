import { ChangeLimit } from '../config';

/** Whether a pass would change more than it may: more than the count and more than the share, so that few leases are no obstacle. */
export function exceeds(
  limit: ChangeLimit,
  changes: number,
  lookedAt: number,
): boolean {
  return changes > limit.count && changes * 100 > lookedAt * limit.percent;
}
