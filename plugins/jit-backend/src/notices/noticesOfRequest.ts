import { RequestChange } from '../database/operations/requests/changeRequest';
import { RequestView } from '../database/operations/requests/placeRequest';
import { deciders, openStepOf } from '../requests/approval/judge';
import { formatDuration } from '../policy/duration';
import { isOver } from '../requests/extension/outcomes';
import { RequestRecord } from '../requests/RequestRecord';
import { Notice } from './Notice';
import { shortName } from './shortName';

/** Nobody is told of what they have just taken back. */
const DECIDED: Partial<Record<RequestRecord['state'], string>> = {
  approved: 'Approved',
  denied: 'Denied',
  lapsed: 'Nobody decided in time',
};

/** What people are told of a request because it has changed. */
export function noticesOfChange(
  { request, leases }: Pick<RequestChange, 'request' | 'leases'>,
  before: RequestView,
): Notice[] {
  return noticesOfRequest(
    {
      request,
      leases: leases.length ? leases.map(({ lease }) => lease) : before.leases,
    },
    before.request,
  );
}

/**
 * What people are told of a request as it is now: who can decide that it waits for them, and who asked how it was decided. Nothing that they
 * were told when it was as before.
 */
export function noticesOfRequest(
  { request, leases }: RequestView,
  before?: RequestRecord,
): Notice[] {
  const what = describe({ request, leases });
  const { state, requester, subject, reason } = request;
  const people = [...new Set([requester, subject])].filter(isUser);
  if (state === 'pending') {
    const open = openStepOf(request.steps);
    const scope = waitingScope(request);
    return open && scope !== (before && waitingScope(before))
      ? [
          {
            scope,
            to: deciders(open),
            ...(!open.consent && { except: people }),
            title: open.consent
              ? consentTitle(request, what)
              : `Your decision: ${what} for ${shortName(subject)}`,
            description: reason,
            severity: 'high',
            view: 'approvals',
          },
        ]
      : [];
  }
  const decided = lastDecision(request);
  if (!request.steps.length || !DECIDED[state]) {
    return [];
  }
  return [
    {
      scope: `request/${request.id}/${state}`,
      to: people,
      title: `${
        state === 'lapsed' && hasEnded({ request, leases })
          ? 'Ended before people had decided'
          : DECIDED[state]
      }: ${what}`,
      description: decided?.comment,
      severity: 'normal',
      leaseId: leases[0]?.id,
    },
  ];
}

/** In words: "30 minutes more of Orders database". */
function describe({ request, leases }: RequestView): string {
  const titles = leases.map(lease => lease.profileTitle).join(', ');
  const { extension } = request.asked ?? {};
  return extension
    ? `${formatDuration(extension.byMs)} more of ${titles}`
    : titles;
}

/** Whether there is no later end any more. */
function hasEnded({ request, leases }: RequestView): boolean {
  return (
    request.kind === 'extend' &&
    leases.some(lease => isOver(lease, request.decidedAt!))
  );
}

function consentTitle(
  { requester, subject, via }: RequestRecord,
  what: string,
): string {
  return requester === subject
    ? `Asked for in your name by ${via}, to be confirmed by you: ${what}`
    : `${shortName(requester)} asks for this for you: ${what}`;
}

/** A step is told of when it opens, when it escalates, and when the request goes round again. */
function waitingScope({ id, steps, changes, revision }: RequestRecord): string {
  const open = openStepOf(steps);
  return [
    `request/${id}/step`,
    open ? steps.indexOf(open) : 'none',
    open?.escalatedAt === undefined ? 'opened' : 'escalated',
    ...(changes?.length ? [revision] : []),
  ].join('-');
}

function lastDecision({ steps }: RequestRecord) {
  return steps
    .flatMap(({ decisions }) => decisions)
    .reduce<(typeof steps)[number]['decisions'][number] | undefined>(
      (last, each) => (last && last.at > each.at ? last : each),
      undefined,
    );
}

/** An access token asks, and cannot be told. */
function isUser(ref: string): boolean {
  return ref.startsWith('user:');
}
