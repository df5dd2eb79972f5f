import { LeaseRecord } from '../../../leases/records';
import { keyOfMembership } from '../outside/OutsideOkta';
import { keyOfPage, pageOf } from '../outside/OutsideScaffolder';

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
    case 'okta.group':
      return [keyOfMembership(lease.subject)];
    case 'scaffolder.template':
      return [keyOfPage(pageOf(lease))];
    case 'postgres.database':
    case 'postgres.role':
    case 'aws.sts':
      // The one is looked at by itself; keys are nothing that is there.
      return [];
    default:
      return [externalName];
  }
}
