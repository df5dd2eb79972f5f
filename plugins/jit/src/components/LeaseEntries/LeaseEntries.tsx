import { Lease } from '@backstage-jit/plugin-jit-common';
import { entriesOf } from '../../words';
import { BundleRow } from '../BundleRow';
import { LeaseRow, LeaseRowProps } from '../LeaseRow';

interface LeaseEntriesProps extends Omit<LeaseRowProps, 'lease' | 'part'> {
  leases: Lease[];
}

/** The items of a list of leases, a bundle as one of them. */
export const LeaseEntries = ({ leases, ...row }: LeaseEntriesProps) => (
  <>
    {entriesOf(leases).map(entry =>
      entry.leases[0].bundle ? (
        <BundleRow key={entry.key} known={entry.leases} {...row} />
      ) : (
        <LeaseRow key={entry.key} lease={entry.leases[0]} {...row} />
      ),
    )}
  </>
);
