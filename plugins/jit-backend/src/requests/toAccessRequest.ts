import {
  AccessRequest,
  ContextFinding,
} from '@backstage-jit/plugin-jit-common';
import { RequestView } from '../database/operations/requests/placeRequest';
import { Instant } from '../leases/records';
import {
  approvalsOf,
  deciders,
  describeStep,
  openStepOf,
} from './approval/judge';
import { StepRecord } from './approval/StepRecord';
import { earliestEnd } from './extension/earliestEnd';
import { RequestRecord } from './RequestRecord';

/** A request as the API shows it. */
export function toAccessRequest(view: RequestView): AccessRequest {
  const { request, leases } = view;
  return {
    id: request.id,
    state: request.state,
    requester: request.requester,
    subject: request.subject,
    reason: request.reason,
    requestedAt: iso(request.requestedAt),
    decidedAt: iso(request.decidedAt),
    startsAt: iso(request.startsAt),
    lapsesAt: iso(lapsesAt(view)),
    steps: stepsOf(request),
    revision: request.revision,
    changes: request.changes,
    leaseIds: leases.map(lease => lease.id),
    asked: leases.map(lease => ({
      leaseId: lease.id,
      profileId: lease.profileId,
      profileTitle: lease.profileTitle,
      kind: lease.kind,
      entityRef: lease.entityRef,
      parameters: lease.parameters,
      durationMs: request.asked?.extension?.byMs ?? lease.durationMs,
      context: contextOf(lease.id, request),
    })),
    extends: extensionOf(view),
    via: request.via,
    breakGlass: request.breakGlass || undefined,
  };
}

/** A later end comes to nothing with the lease, too. */
function lapsesAt({ request, leases }: RequestView): Instant | undefined {
  return request.lapsesAt === undefined || request.kind === 'new'
    ? request.lapsesAt
    : Math.min(request.lapsesAt, earliestEnd(leases));
}

function extensionOf({ request }: RequestView): AccessRequest['extends'] {
  const { asked, extendsLeaseId: leaseId } = request;
  return asked?.extension && leaseId
    ? {
        leaseId,
        durationMs: asked.extension.byMs,
        from: iso(asked.extension.from),
        until: iso(asked.extension.from + asked.extension.byMs),
      }
    : undefined;
}

function contextOf(
  id: string,
  { asked }: RequestRecord,
): ContextFinding[] | undefined {
  const findings = asked?.context?.filter(({ leaseId }) => leaseId === id);
  return findings?.length
    ? findings.map(({ leaseId: _leaseId, ...finding }) => finding)
    : undefined;
}

function stepsOf({
  state,
  steps,
  breakGlass,
}: RequestRecord): AccessRequest['steps'] {
  const open = state === 'pending' ? openStepOf(steps) : undefined;
  return steps.map(step => {
    return {
      approvers: deciders(step),
      rule: describeStep(step),
      consent: step.consent,
      count: step.count,
      state: step === open ? 'open' : restingState(step, breakGlass),
      openedAt: iso(step.openedAt),
      escalatedAt: iso(step.escalatedAt),
      decisions: step.decisions.map(({ by, decision, at, comment }) => ({
        by,
        decision,
        at: iso(at),
        comment,
      })),
    };
  });
}

function restingState(
  step: StepRecord,
  breakGlass: boolean,
): 'done' | 'waiting' | 'skipped' {
  if (breakGlass) {
    return 'skipped';
  }
  return approvalsOf(step) >= step.count ? 'done' : 'waiting';
}

function iso(instant: Instant): string;
function iso(instant: Instant | undefined): string | undefined;
function iso(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
