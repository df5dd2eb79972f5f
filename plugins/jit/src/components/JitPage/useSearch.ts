import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The part of the address behind the question mark: what is looked at can be bookmarked and sent to others. */
export interface Search {
  get(name: string): string;
  set(values: Record<string, string | undefined>): void;
}

export function useSearch(): Search {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (values: Record<string, string | undefined>) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value) {
              after.set(name, value);
            } else {
              after.delete(name);
            }
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { get: name => params.get(name) ?? '', set };
}
