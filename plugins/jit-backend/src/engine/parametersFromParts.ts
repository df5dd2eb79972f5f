import { NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { LeaseRecord } from '../leases/records';
import { ParameterSlot } from '../policy';
import { fillFromParts } from '../policy/fillFromParts';
import { OutsideSystems } from './OutsideSystems';

/**
 * What a part of a bundle is granted with, now that the earlier parts are there: its parameters, filled from their facts, and judged as if
 * they had been asked for so.
 *
 * @throws NotAllowedError naming the rule, for what `allow`, the provider or the connection's ceiling does not let through
 */
export function parametersFromParts(options: {
  lease: LeaseRecord;
  slots: ParameterSlot[];
  otherParts: readonly LeaseRecord[];
  systems: Pick<OutsideSystems, 'resolve'>;
}): JsonObject {
  const { lease, slots, otherParts, systems } = options;
  const earlier = otherParts.filter(
    part =>
      part.requestId === lease.requestId &&
      part.state === 'active' &&
      part.bundle!.part < lease.bundle!.part,
  );
  const parameters = fillFromParts({
    profileId: lease.profileId,
    parameters: lease.parameters,
    slots,
    facts: new Map(earlier.map(part => [part.profileId, part.facts ?? {}])),
  });
  const resolved = systems.resolve(lease);
  if ('class' in resolved) {
    throw new NotAllowedError(resolved.message);
  }
  const { provider, connection } = resolved;
  const params = provider.paramsSchema.safeParse(parameters);
  if (!params.success) {
    throw new NotAllowedError(
      `${provider.id} does not take what ${lease.profileId} gives it from the earlier parts`,
    );
  }
  const refusal = provider.refusedByCeiling({
    params: params.data,
    connection,
  });
  if (refusal) {
    throw new NotAllowedError(
      `${lease.profileId} is outside the ceiling of the connection ${lease.connection}: ${refusal}`,
    );
  }
  return parameters;
}
