import { Inspection, KeepProgress } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';
import { Failure } from './records';

/** How long after a step that is not done the next one is due, when the provider does not say. */
export type StepProgress = Omit<KeepProgress, 'lookAgainIn'> & {
  lookAgainInMs?: number;
};

/** An inspection with its waits in milliseconds. */
export type Look = Omit<Inspection, 'lookAgainIn'> & { lookAgainInMs?: number };

/** Whether the subject may have what the lease gives. */
export type EligibilityVerdict =
  | {
      eligible: true;
      /** Given when they could not be known before: what they are from now on. */
      parameters?: JsonObject;
    }
  | { eligible: false; rule: string; gone: boolean };

/** What came back from the call whose intent stands in the ledger. */
export type CallOutcome =
  | { failure: Failure }
  | { operation: 'eligibility'; verdict: EligibilityVerdict }
  | { operation: 'look-before' | 'inspect'; look: Look }
  | {
      operation: 'grant' | 'extend' | 'keep' | 'revoke';
      progress: StepProgress;
    }
  | { operation: 'mint' };
