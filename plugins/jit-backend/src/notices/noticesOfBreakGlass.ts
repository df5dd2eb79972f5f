import { RequestView } from '../database/operations/requests/placeRequest';
import { StaffedDraft } from '../requests/RequestDraft';
import { Notice } from './Notice';
import { shortName } from './shortName';

/** Whom a broken glass is told at once: the operators, the owners of the targets, and everybody who would have been asked. */
export function noticesOfBreakGlass(
  { request, leases }: RequestView,
  draft: Pick<StaffedDraft, 'steps' | 'parts' | 'copy'>,
): Notice[] {
  const { id, subject, reason } = request;
  const common = {
    title: `Break-glass: ${leases
      .map(lease => lease.profileTitle)
      .join(', ')} by ${shortName(subject)}`,
    description: reason,
    severity: 'critical' as const,
    breakGlassOf: id,
    // So that the link opens what is to be reviewed.
    leaseId: leases[0].id,
  };
  const told = toldOfBreakGlass(draft);
  return [
    {
      ...common,
      scope: `request/${id}/break-glass/operators`,
      to: 'operators',
    },
    ...(draft.copy
      ? ownersToFind(leases).map(({ profileId, entityRef }, index) => ({
          ...common,
          scope: `request/${id}/break-glass/owners-${index}`,
          to: 'owners' as const,
          except: [subject],
          target: { profileId, entityRef },
        }))
      : []),
    ...(told.length
      ? [
          {
            ...common,
            scope: `request/${id}/break-glass`,
            to: told,
            except: [subject],
          },
        ]
      : []),
  ];
}

/** While the catalog is away nobody knows who they are: it is asked when they are told. */
function ownersToFind(
  leases: RequestView['leases'],
): Array<NonNullable<Notice['target']>> {
  return leases.flatMap(({ profileId, entityRef }) =>
    entityRef === undefined ? [] : [{ profileId, entityRef }],
  );
}

/** The users and groups who are told besides the operators, by entity ref. */
export function toldOfBreakGlass({
  steps,
  parts,
}: Pick<StaffedDraft, 'steps' | 'parts'>): string[] {
  return [
    ...new Set([
      ...steps.flatMap(({ principals, escalatesTo = [] }) => [
        ...principals,
        ...escalatesTo,
      ]),
      ...parts.flatMap(({ owners = [] }) => owners),
    ]),
  ];
}
