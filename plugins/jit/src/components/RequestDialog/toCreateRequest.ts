import {
  CreateRequest,
  ProfileOffer,
  RequestedLease,
} from '@backstage-jit/plugin-jit-common';
import { JsonObject } from '@backstage/types';
import { Askable } from './Askable';
import { RequestDraft } from './RequestDraft';
import { subjectOf } from './subjectOf';

export type AskedFor = Omit<CreateRequest, 'dryRun'>;

/** The draft as the backend is asked for it. */
export function toCreateRequest(options: {
  draft: RequestDraft;
  offer: Askable;
  entityRef?: string;
}): AskedFor {
  const { draft, offer, entityRef } = options;
  const { bundle } = offer;
  const values = valuesOf(draft, offer);
  const reason = draft.reason.trim();
  const startsAt = startOf(draft);
  const subject = subjectOf(draft);
  return {
    leases: (bundle?.parts ?? [offer]).map((part, index) => ({
      ...leaseOf(part, values),
      entityRef,
      // A bundle has one clock: its first part's.
      ...(index === 0 && { duration: { milliseconds: draft.durationMs } }),
    })),
    ...(bundle && { bundleId: bundle.bundleId }),
    ...(subject && { subject }),
    ...(reason && { reason }),
    ...(startsAt && { startsAt: startsAt.toISOString() }),
  };
}

/** When it shall start; undefined for now, or while no time is chosen. */
export function startOf({ startsAt }: RequestDraft): Date | undefined {
  const start = startsAt ? new Date(startsAt) : undefined;
  return start && !Number.isNaN(start.getTime()) ? start : undefined;
}

function leaseOf(
  { profileId, parameters = [] }: ProfileOffer,
  values: JsonObject,
): Omit<RequestedLease, 'entityRef' | 'duration'> {
  const wanted = parameters.flatMap(({ name }) =>
    values[name] === undefined ? [] : [[name, values[name]] as const],
  );
  return {
    profileId,
    ...(parameters.length > 0 && { parameters: Object.fromEntries(wanted) }),
  };
}

/** What was chosen as the value that it stands for, what was typed as text. */
function valuesOf(draft: RequestDraft, offer: Askable): JsonObject {
  const values: JsonObject = {};
  for (const { name, choices } of offer.parameters ?? []) {
    const text = draft.parameters[name];
    if (text) {
      values[name] = choices ? JSON.parse(text) : text;
    }
  }
  return values;
}
