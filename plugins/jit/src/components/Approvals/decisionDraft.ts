import { RequestDecision } from '@backstage-jit/plugin-jit-common';
import { toLocalField } from '../../time';

/** What somebody has typed of a decision that is not made yet. */
export interface DecisionDraft {
  comment: string;
  /** Shorter than what was asked for. */
  durationMs?: number;
  /** As a datetime-local field has it; at once, or as asked, when empty. */
  startsAt: string;
}

export const EMPTY_DRAFT: DecisionDraft = { comment: '', startsAt: '' };

/** What keeps an approval from being sent; undefined when nothing does. */
export function approvalProblem(
  { startsAt }: DecisionDraft,
  options: { now: number; askedStart?: string },
): 'inbox.startTooEarly' | undefined {
  const { now, askedStart = '' } = options;
  const earliest = Math.max(now, Date.parse(askedStart) || 0);
  // A field has minutes: the one that has begun is not over.
  return startsAt && startsAt < toLocalField(earliest)
    ? 'inbox.startTooEarly'
    : undefined;
}

/** The decision as the backend takes it. A denial gives nothing, and so not less. */
export function toDecision(
  draft: DecisionDraft,
  order: Pick<RequestDecision, 'decision' | 'revision'>,
): RequestDecision {
  const { durationMs, startsAt } = draft;
  const comment = draft.comment.trim();
  return {
    ...order,
    ...(comment && { comment }),
    ...(order.decision === 'approve' && {
      ...(durationMs && { duration: { milliseconds: durationMs } }),
      ...(startsAt && { startsAt: new Date(startsAt).toISOString() }),
    }),
  };
}

const keyOf = (requestId: string) => `jit.decision:${requestId}`;

/** Keeps what was typed over a reload and a new sign-in, in this browser tab alone. */
export const decisionDrafts = {
  read(requestId: string): DecisionDraft {
    try {
      const text = sessionStorage.getItem(keyOf(requestId));
      const draft = text ? (JSON.parse(text) as DecisionDraft) : EMPTY_DRAFT;
      return typeof draft.comment === 'string' &&
        typeof draft.startsAt === 'string'
        ? draft
        : EMPTY_DRAFT;
    } catch {
      return EMPTY_DRAFT;
    }
  },

  write(requestId: string, draft: DecisionDraft): void {
    try {
      sessionStorage.setItem(keyOf(requestId), JSON.stringify(draft));
    } catch {
      // A browser that stores nothing still has it in the open card.
    }
  },

  remove(requestId: string): void {
    try {
      sessionStorage.removeItem(keyOf(requestId));
    } catch {
      // As above.
    }
  },
};
