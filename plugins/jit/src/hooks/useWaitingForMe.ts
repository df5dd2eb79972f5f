import { AccessRequest, Page } from '@backstage-jit/plugin-jit-common';
import { Live, useLive } from './useLive';

/** More than anybody decides at a sitting, and the most that the backend lists at a time. */
const MOST_SHOWN = 200;

/** The requests that the reader can decide about now. */
export function useWaitingForMe(): Live<Page<AccessRequest>> {
  return useLive({
    key: 'waiting-for-me',
    load: (api, signal) =>
      api.listRequests({ waitingFor: 'me', limit: MOST_SHOWN }, { signal }),
  });
}
