import Box from '@material-ui/core/Box';
import { useMemo } from 'react';
import { Reader } from '../../words';
import { Announcer } from '../Announcer';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';
import { EmptyLeases } from './EmptyLeases';
import { isFiltered, readFilter } from './LeaseFilter';
import { LeaseFilters } from './LeaseFilters';
import { Sections } from './Sections';
import { useLeaseLists } from './useLeaseLists';
import { Search } from './useSearch';

interface LeaseViewProps {
  search: Search;
  reader: Reader;
  /** The reader's own leases, or everybody's. */
  mine: boolean;
}

/** The leases of the reader, or of everybody: stuck on top, then live, waiting and past. */
export const LeaseView = ({ search, reader, mine }: LeaseViewProps) => {
  const filter = readFilter(search);
  const lists = useLeaseLists(filter, { mine });
  const { unfinished, finished, known, error, refresh } = lists;
  const empty = !unfinished.length && !finished.length;
  // What ends moves from the one list to the top of the other.
  const told = useMemo(
    () => [...unfinished, ...finished.slice(0, 20)],
    [unfinished, finished],
  );

  return (
    <>
      {(!known || !empty || isFiltered(filter)) && (
        <LeaseFilters
          filter={filter}
          byPerson={!mine}
          onChange={part => search.set(part)}
        />
      )}
      <Announcer leases={told} />
      {error && (
        <Box marginBottom={3}>
          <Problem error={error} onRetry={refresh} stale={!empty} />
        </Box>
      )}
      {!known && !error && <Waiting />}
      {known && empty && !error && (
        <EmptyLeases
          mine={mine}
          onClear={
            isFiltered(filter)
              ? () =>
                  search.set({ kind: '', state: '', target: '', person: '' })
              : undefined
          }
        />
      )}
      <Sections
        lists={lists}
        reader={reader}
        mine={mine}
        onOpen={({ id }) => search.set({ lease: id })}
      />
    </>
  );
};
