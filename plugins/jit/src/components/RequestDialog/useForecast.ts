import { useApi } from '@backstage/core-plugin-api';
import { RequestPreview } from '@backstage-jit/plugin-jit-common';
import { useEffect, useState } from 'react';
import { jitApiRef } from '../../api';
import { clockOf } from '../../time';
import { AskedFor } from './toCreateRequest';

/** Typing rests this long before the backend is asked. */
const REST_MS = 350;

export interface Forecast {
  /** Undefined while it is looked up for the first time. */
  preview?: RequestPreview;
  error?: Error;
  /** Whether it is about an earlier draft than the present one. */
  old: boolean;
}

/** What would happen if it were asked for now: a dry run, live. */
export function useForecast(asked: AskedFor | undefined): Forecast {
  const api = useApi(jitApiRef);
  const question = asked && JSON.stringify(asked);
  const [state, setState] = useState<Omit<Forecast, 'old'> & { of?: string }>(
    {},
  );

  useEffect(() => {
    if (!question) {
      return undefined;
    }
    const look = new AbortController();
    const timer = setTimeout(async () => {
      const outcome = await api
        .previewRequest(JSON.parse(question), { signal: look.signal })
        .then(
          ({ now, ...preview }) => {
            clockOf(api).learn(now);
            return { preview };
          },
          (error: Error) => ({ error }),
        );
      if (!look.signal.aborted) {
        setState({ ...outcome, of: question });
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      look.abort();
    };
  }, [api, question]);

  const { of, ...forecast } = state;
  return { ...forecast, old: of !== question };
}
