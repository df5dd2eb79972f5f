import {
  ApprovalStepStatus,
  RequestState,
} from '@backstage-jit/plugin-jit-common';
import { Instant } from '../leases/records';

/** One row of the ledger: who asked for something, and who decides. */
export interface RequestRecord {
  id: string;
  state: RequestState;
  version: number;
  kind: 'new' | 'extend';
  extendsLeaseId?: string;
  requester: string;
  subject: string;
  reason?: string;
  via?: string;
  breakGlass: boolean;
  steps: ApprovalStepStatus[];
  revision: number;
  requestedAt: Instant;
  startsAt?: Instant;
  lapsesAt?: Instant;
  decidedAt?: Instant;
}
