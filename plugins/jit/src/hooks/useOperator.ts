import { useLive } from './useLive';

const TEN_MINUTES_MS = 600_000;

/** Whether the reader may do what operators do; undefined until it is known. */
export function useOperator(): boolean | undefined {
  const { value } = useLive({
    key: 'me',
    load: (api, signal) => api.getMe({ signal }),
    everyMs: () => TEN_MINUTES_MS,
  });
  return value?.operator;
}
