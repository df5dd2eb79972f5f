import { ReactNode } from 'react';
import { Live } from '../../hooks';
import { EmptyHint } from '../EmptyHint';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';

interface ListingProps {
  live: Pick<Live<unknown>, 'value' | 'error' | 'refresh'>;
  isEmpty: boolean;
  /** Said when there is nothing, and how that changes. */
  empty: string;
  emptyHow: string;
  children: ReactNode;
}

/** What is listed; or that it is being looked for, that there is nothing, or what went wrong. */
export const Listing = (props: ListingProps) => {
  const { live, isEmpty, empty, emptyHow, children } = props;
  const { value, error, refresh } = live;
  return (
    <>
      {error && (
        <Problem
          spaced
          error={error}
          onRetry={refresh}
          stale={Boolean(value)}
        />
      )}
      {!value && !error && <Waiting />}
      {Boolean(value) && !error && isEmpty && (
        <EmptyHint framed title={empty}>
          {emptyHow}
        </EmptyHint>
      )}
      {!isEmpty && children}
    </>
  );
};
