import { InputError } from '@backstage/errors';
import { CreateRequest } from '@backstage-jit/plugin-jit-common';
import { JitService, JitServiceOptions } from '@backstage-jit/plugin-jit-node';
import { JsonObject } from '@backstage/types';
import { DurationInput } from './duration';

/** What a step asks for: a profile, or a bundle of several. */
export interface LeaseOrder {
  profileId?: string;
  bundleId?: string;
  entityRef?: string;
  duration?: DurationInput;
  reason?: string;
  parameters?: JsonObject;
}

/**
 * The profile or the bundle.
 *
 * @throws InputError when there is not exactly one of both
 */
export function nameOf({ profileId, bundleId }: LeaseOrder): string {
  const name = profileId ?? bundleId;
  if (
    name === undefined ||
    (profileId !== undefined && bundleId !== undefined)
  ) {
    throw new InputError('The input needs profileId or bundleId, one of both');
  }
  return name;
}

/**
 * The request that an order becomes. That of a bundle has a lease for each part, on the same entity: the first with the duration, and each with those
 * of the parameters that it takes.
 *
 * @throws InputError for a bundle that is not offered there; ResponseError
 */
export async function requestOf(
  order: LeaseOrder,
  jit: Pick<JitService, 'listOffers'>,
  as: JitServiceOptions,
): Promise<Omit<CreateRequest, 'dryRun'>> {
  const { reason, bundleId, profileId, ...lease } = order;
  const why = reason === undefined ? {} : { reason };
  if (profileId !== undefined) {
    return { leases: [{ profileId, ...lease }], ...why };
  }
  const { entityRef, duration, parameters = {} } = lease;
  const { bundles = [] } = await jit.listOffers({ entityRef }, as);
  const bundle = bundles.find(each => each.bundleId === bundleId);
  if (!bundle) {
    const where = entityRef ? `on ${entityRef}` : 'without an entity';
    throw new InputError(`There is no bundle ${bundleId} ${where}`);
  }
  return {
    bundleId,
    leases: bundle.parts.map((part, index) => ({
      profileId: part.profileId,
      ...(entityRef !== undefined && { entityRef }),
      ...(index === 0 && duration !== undefined && { duration }),
      ...parametersFor(part.parameters, parameters),
    })),
    ...why,
  };
}

function parametersFor(
  taken: Array<{ name: string }> | undefined,
  given: JsonObject,
): { parameters?: JsonObject } {
  const own = (taken ?? []).filter(({ name }) => Object.hasOwn(given, name));
  return own.length
    ? {
        parameters: Object.fromEntries(
          own.map(({ name }) => [name, given[name]]),
        ),
      }
    : {};
}
