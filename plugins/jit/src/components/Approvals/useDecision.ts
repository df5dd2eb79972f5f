import {
  AccessRequest,
  RequestDecision,
} from '@backstage-jit/plugin-jit-common';
import { useState } from 'react';
import { Action, useAction } from '../../hooks';
import {
  DecisionDraft,
  decisionDrafts,
  EMPTY_DRAFT,
  toDecision,
} from './decisionDraft';

export interface Decision {
  draft: DecisionDraft;
  change(part: Partial<DecisionDraft>): void;
  decide(decision: RequestDecision['decision']): Promise<boolean>;
  busy: boolean;
  error?: Error;
}

/** One reader's decision about a request: what they type, kept until it is done. */
export function useDecision({ id, revision }: AccessRequest): Decision {
  const [draft, setDraft] = useState(() => decisionDrafts.read(id));
  const action: Action<RequestDecision> = useAction((api, order, options) =>
    api.decideRequest(id, order, options),
  );
  return {
    draft,
    change: part => {
      action.reset();
      const next = { ...draft, ...part };
      setDraft(next);
      decisionDrafts.write(id, next);
    },
    decide: async decision => {
      const done = await action.run(toDecision(draft, { decision, revision }));
      if (done) {
        decisionDrafts.remove(id);
        setDraft(EMPTY_DRAFT);
      }
      return done;
    },
    busy: action.busy,
    error: action.error,
  };
}
