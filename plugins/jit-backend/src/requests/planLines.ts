import { formatDuration } from '../policy';
import { RequestedPart } from './RequestDraft';

/** What is told before asking of what is made, in the provider's words, and of what becomes of it at its end. */
export function planLines(
  lines: string[],
  { pinned }: Pick<RequestedPart, 'pinned'>,
): string[] {
  const { keepMs } = pinned.content;
  return keepMs === undefined
    ? lines
    : [
        ...lines,
        `At its end it is closed, a last copy of it is kept for ${formatDuration(
          keepMs,
        )}, then that is removed`,
      ];
}
