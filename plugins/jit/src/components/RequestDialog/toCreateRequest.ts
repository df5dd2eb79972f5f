import { CreateRequest, ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { JsonObject } from '@backstage/types';
import { RequestDraft } from './RequestDraft';

export type AskedFor = Omit<CreateRequest, 'dryRun'>;

/** The draft as the backend is asked for it. */
export function toCreateRequest(options: {
  draft: RequestDraft;
  offer: ProfileOffer;
  entityRef: string;
}): AskedFor {
  const { draft, offer, entityRef } = options;
  const parameters = parametersOf(draft, offer);
  const reason = draft.reason.trim();
  const startsAt = startOf(draft);
  return {
    leases: [
      {
        profileId: offer.profileId,
        entityRef,
        duration: { milliseconds: draft.durationMs },
        ...(parameters && { parameters }),
      },
    ],
    ...(reason && { reason }),
    ...(startsAt && { startsAt: startsAt.toISOString() }),
  };
}

/** When it shall start; undefined for now, or while no time is chosen. */
export function startOf({ startsAt }: RequestDraft): Date | undefined {
  const start = startsAt ? new Date(startsAt) : undefined;
  return start && !Number.isNaN(start.getTime()) ? start : undefined;
}

function parametersOf(
  draft: RequestDraft,
  offer: ProfileOffer,
): JsonObject | undefined {
  if (!offer.parameters?.length) {
    return undefined;
  }
  const values: JsonObject = {};
  for (const { name, choices } of offer.parameters) {
    const text = draft.parameters[name];
    if (text) {
      values[name] = choices ? JSON.parse(text) : text;
    }
  }
  return values;
}
