import { IssuedCredentials, Lease } from '@backstage-jit/plugin-jit-common';
import { useEffect, useState } from 'react';
import { useAction } from '../../hooks';
import { timeLeftMs } from '../../words';

export interface CredentialsState {
  /** In memory alone, and only while they are shown. */
  value?: IssuedCredentials;
  /** They were shown when the lease ended, and are forgotten. */
  over: boolean;
  busy: boolean;
  error?: Error;
  /** Asks for fresh ones. */
  mint(): void;
  forget(): void;
}

type Kept = { value?: IssuedCredentials; over: boolean };

const NONE: Kept = { over: false };

/** Holds a lease's credentials for as long as they are shown: not longer than the lease, nor than the page. */
export function useCredentials(lease: Lease, now: number): CredentialsState {
  const [kept, setKept] = useState(NONE);
  const { id } = lease;
  const { run, reset, busy, error } = useAction<{}>(
    async (api, _, { signal }) => {
      const answer = await api.issueCredentials(id, { signal });
      setKept({ value: answer.credentials, over: false });
      return { now: answer.now };
    },
  );

  const usable = (timeLeftMs(lease, now) ?? 0) > 0;
  useEffect(() => {
    if (!usable) {
      setKept(({ value, over }) => ({ over: over || Boolean(value) }));
    }
  }, [usable]);

  useEffect(() => {
    // A page that is left may be kept whole by the browser, to be shown again on the way back.
    const forget = () => setKept(NONE);
    window.addEventListener('pagehide', forget);
    return () => window.removeEventListener('pagehide', forget);
  }, []);

  return {
    ...kept,
    busy,
    error,
    mint: () => {
      setKept(NONE);
      run({});
    },
    forget: () => {
      setKept(NONE);
      reset();
    },
  };
}
