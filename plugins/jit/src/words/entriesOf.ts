import { Lease } from '@backstage-jit/plugin-jit-common';

/** What stands in a list as one: a lease, or the parts of a bundle that are known, in their order. */
export interface LeaseEntry {
  key: string;
  leases: Lease[];
}

/** A bundle stands where the first of its parts does. */
export function entriesOf(leases: Lease[]): LeaseEntry[] {
  const entries = new Map<string, LeaseEntry>();
  for (const lease of leases) {
    const key = lease.bundle ? lease.requestId : lease.id;
    const entry = entries.get(key) ?? { key, leases: [] };
    entry.leases.push(lease);
    entries.set(key, entry);
  }
  for (const entry of entries.values()) {
    entry.leases = inOrder(entry.leases);
  }
  return [...entries.values()];
}

/** The parts of a bundle as two answers know them: of each the later one. */
export function mergeParts(a: Lease[], b: Lease[]): Lease[] {
  const parts = new Map<string, Lease>();
  for (const lease of [...a, ...b]) {
    const known = parts.get(lease.id);
    if (!known || lease.version > known.version) {
      parts.set(lease.id, lease);
    }
  }
  return inOrder([...parts.values()]);
}

function inOrder(leases: Lease[]): Lease[] {
  return [...leases].sort(
    (a, b) => (a.bundle?.part ?? 0) - (b.bundle?.part ?? 0),
  );
}
