import { useConnections } from '../../hooks';
import { Reader } from '../../words';
import { LeaseView } from './LeaseView';
import { Search } from './useSearch';

interface EverythingProps {
  search: Search;
  reader: Reader;
}

/** Everybody's leases, and the systems that they are on: for operators. */
export const Everything = (props: EverythingProps) => (
  <LeaseView {...props} mine={false} connections={useConnections()} />
);
