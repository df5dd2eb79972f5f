import { useApi } from '@backstage/core-plugin-api';
import { TrailQuery } from '@backstage-jit/plugin-jit-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { jitApiRef } from '../../api';
import { answerInTime } from '../../live';
import { saveFile } from './saveFile';

export type ExportFormat = NonNullable<TrailQuery['format']>;

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
};

export interface ExportState {
  busy: boolean;
  /** How much has come, in characters. */
  size: number;
  /** What it was saved as. */
  name?: string;
  error?: Error;
  /** True when what came was not whole. */
  brokenOff?: boolean;
}

export interface TrailExport extends ExportState {
  start(query: TrailQuery & { format: ExportFormat }): Promise<void>;
  /** Starts the last one again. */
  retry(): void;
  cancel(): void;
}

const IDLE: ExportState = { busy: false, size: 0 };

/** Fetches the trail of a period with the reader's own token, and saves it once it is whole. */
export function useExport(): TrailExport {
  const api = useApi(jitApiRef);
  const [state, setState] = useState(IDLE);
  const running = useRef<AbortController>();
  const last = useRef<TrailQuery & { format: ExportFormat }>();

  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setState(IDLE);
  }, []);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (query: TrailQuery & { format: ExportFormat }) => {
    running.current?.abort();
    last.current = query;
    const controller = new AbortController();
    running.current = controller;
    const show = (next: ExportState) => {
      if (running.current === controller) {
        setState(next);
      }
    };
    const parts: string[] = [];
    let size = 0;
    show({ busy: true, size });
    try {
      const texts = api
        .exportEvents(query, { signal: controller.signal })
        [Symbol.asyncIterator]();
      for (;;) {
        const next = await answerInTime(() => texts.next(), controller);
        if (next.done) {
          break;
        }
        parts.push(next.value);
        size += next.value.length;
        show({ busy: true, size });
      }
      controller.signal.throwIfAborted();
      if (query.format === 'jsonl' && !isWhole(parts)) {
        show({ busy: false, size, brokenOff: true });
        return;
      }
      const name = `jit-trail-${new Date().toISOString().slice(0, 10)}.${
        query.format
      }`;
      saveFile({ name, parts, type: TYPES[query.format] });
      show({ busy: false, size, name });
    } catch (error) {
      show({ busy: false, size, error: error as Error });
    }
  };
  const retry = () => {
    if (last.current) {
      start(last.current);
    }
  };
  return { ...state, start, retry, cancel };
}

/** The last of the lines counts the others. */
function isWhole(parts: string[]): boolean {
  const tail = parts.slice(-20).join('').trimEnd();
  return tail.slice(tail.lastIndexOf('\n') + 1).startsWith('{"end":');
}
