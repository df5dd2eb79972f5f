import { RequestedPart } from '../RequestDraft';

/** How long somebody has to agree where no profile says how long people have. */
const USUAL_MS = 24 * 3_600_000;

/** How long a request waits for its decision, in milliseconds: as long as the most impatient of its profiles that needs one. */
export function lapsesAfter(
  parts: Array<Pick<RequestedPart, 'pinned' | 'steps'>>,
): number {
  return Math.min(
    ...parts.flatMap(({ pinned, steps }) =>
      steps.length ? pinned.content.approval.expiresMs ?? USUAL_MS : [],
    ),
  );
}
