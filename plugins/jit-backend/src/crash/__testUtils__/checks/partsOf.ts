import { LeaseRecord } from '../../../leases/records';

const PARTS = ['network', 'compute', 'binding'];

/** The keys of the outside things that make up what a lease gives. */
export function partsOf(
  lease: Pick<LeaseRecord, 'provider' | 'subject' | 'parameters'>,
  externalName: string,
): string[] {
  switch (lease.provider) {
    case 'fake.membership':
    case 'fake.binding':
      return [JSON.stringify([lease.parameters.name, lease.subject])];
    case 'fake.ordered':
      return PARTS.map(part => `${externalName}/${part}`);
    case 'postgres.database':
      // It is outside the fake world, and looked at by itself.
      return [];
    default:
      return [externalName];
  }
}
