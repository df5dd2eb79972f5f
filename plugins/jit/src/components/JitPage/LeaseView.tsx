import { Answer, ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { useMemo } from 'react';
import { Live } from '../../hooks';
import { Reader } from '../../words';
import { Announcer } from '../Announcer';
import { Problem, shareProblem } from '../Problem';
import { Waiting } from '../Waiting';
import { Connections } from './Connections';
import { EmptyLeases } from './EmptyLeases';
import { isFiltered, readFilter } from './LeaseFilter';
import { LeaseFilters } from './LeaseFilters';
import { Reviews, useReviewsDue } from './Reviews';
import { Sections } from './Sections';
import { useLeaseLists } from './useLeaseLists';
import { Search } from './useSearch';

interface LeaseViewProps {
  search: Search;
  reader: Reader;
  /** The reader's own leases, or everybody's. */
  mine: boolean;
  /** How the systems behind them are, where that is shown too. */
  connections?: Live<Answer<{ items: ConnectionHealth[] }>>;
}

/** The leases of the reader, or of everybody: the reviews that are due, then stuck, live, waiting and past. */
export const LeaseView = (props: LeaseViewProps) => {
  const { search, reader, mine, connections } = props;
  const filter = readFilter(search);
  const { outage, looks, refresh } = shareProblem({
    lists: useLeaseLists(filter, { mine }),
    due: useReviewsDue(),
    ...(connections && { connections }),
  });
  const { lists, due } = looks;
  const { unfinished, finished, known, error } = lists;
  const failed = Boolean(outage ?? error);
  const empty = !unfinished.length && !finished.length;
  // What ends moves from the one list to the top of the other.
  const told = useMemo(
    () => [...unfinished, ...finished.slice(0, 20)],
    [unfinished, finished],
  );

  const open = ({ id }: { id: string }) => search.set({ lease: id });

  return (
    <>
      {outage && (
        <Problem
          spaced
          error={outage}
          onRetry={refresh}
          stale={!empty || Boolean(connections?.value)}
        />
      )}
      <Reviews due={due} reader={reader} onOpen={open} />
      {looks.connections && <Connections connections={looks.connections} />}
      {(!known || !empty || isFiltered(filter)) && (
        <LeaseFilters
          filter={filter}
          byPerson={!mine}
          onChange={part => search.set(part)}
        />
      )}
      <Announcer leases={told} />
      {error && (
        <Problem spaced error={error} onRetry={lists.refresh} stale={!empty} />
      )}
      {!known && !failed && <Waiting />}
      {known && empty && !failed && (
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
      <Sections lists={lists} reader={reader} mine={mine} onOpen={open} />
    </>
  );
};
