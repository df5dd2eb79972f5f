import { HumanDuration } from '@backstage/types';
import { AccessRequest } from './AccessRequest';
import { Lease } from './Lease';
import { PreviewedApproval } from './requestCalls';

/** @public */
export interface ExtendLease {
  /** How much later the lease shall end than it would now. */
  duration: HumanDuration | string;
  /** For who decides about it, where that is needed; that of the lease when not given. */
  reason?: string;
  /** Changes nothing: only says what would become of it. */
  dryRun?: boolean;
}

/**
 * A lease with its new end; or with the one it had, and the request that people decide about.
 *
 * @public
 */
export interface ExtendedLease {
  lease: Lease;
  /** Given when it waits for approval. */
  request?: AccessRequest;
}

/** @public */
export interface PreviewedExtension {
  lease: Lease;
  preview: ExtensionPreview;
}

/**
 * What would become of the end of a lease.
 *
 * @public
 */
export interface ExtensionPreview {
  /** True when it is moved at once; else people decide, if it is not refused. */
  automatic: boolean;
  /** The end that the lease would have. */
  expiresAt: string;
  /** Who would decide. Given when people do. */
  approval?: PreviewedApproval;
  /** Why not. */
  refusal?: string;
}

/**
 * A later end of a lease that waits for approval.
 *
 * @public
 */
export interface AskedExtension {
  requestId: string;
  /** How much later than the end was when it was asked for, in milliseconds. */
  durationMs: number;
  /** The end that the lease would have. */
  until: string;
}

/**
 * What a request for a later end asks for. Of a bundle it is about all parts.
 *
 * @public
 */
export interface RequestedExtension {
  leaseId: string;
  /** How much later, in milliseconds; less than what was asked for when an approver said so. */
  durationMs: number;
  /** The end when it was asked for, which stays until the request is approved. */
  from: string;
  until: string;
}
