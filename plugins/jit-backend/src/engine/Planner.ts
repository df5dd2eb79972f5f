import { Plan } from '@backstage-jit/plugin-jit-node';
import { entitlementOf } from '../leases/entitlementOf';
import { RequestedPart } from '../requests/RequestDraft';
import { callWithDeadline } from './callWithDeadline';
import { OutsideSystems } from './OutsideSystems';

/** Somebody is looking at a dialog meanwhile. */
const TIMEOUT_MS = 3_000;

/** Stands for the lease that is not there yet. */
const NO_LEASE = '00000000-0000-0000-0000-000000000000';

/** Asks providers what they would make, and what of it would stay. Read-only. */
export class Planner {
  constructor(private readonly options: { systems: OutsideSystems }) {}

  /**
   * What a grant would make, and what stays alive after its end.
   *
   * @returns undefined when the provider does not say, or cannot be asked now: a preview must not fail for that
   */
  async plan(options: {
    part: RequestedPart;
    requester: string;
    subject: string;
    now: number;
  }): Promise<Plan | undefined> {
    const { part, requester, subject, now } = options;
    const { connection, parameters, profileId } = part.pinned.content;
    const { systems } = this.options;
    const resolved = systems.resolve({
      provider: part.provider.id,
      connection,
    });
    const params = part.provider.paramsSchema.safeParse(parameters);
    if ('class' in resolved || !resolved.provider.plan || !params.success) {
      return undefined;
    }
    const lease = {
      id: NO_LEASE,
      requester,
      subject,
      profileId,
      entityRef: part.entityRef,
      subjectProfile: part.subjectProfile,
    };
    const { provider } = resolved;
    const { externalName } = entitlementOf({
      leaseId: NO_LEASE,
      connection,
      provider: provider.id,
      key: provider.entitlementKey?.({ lease, params: params.data }),
    });
    try {
      return await callWithDeadline({ milliseconds: TIMEOUT_MS }, limits =>
        provider.plan!({
          ...systems.context(resolved, limits),
          lease,
          externalName,
          params: params.data,
          notAfter: now + part.durationMs,
        }),
      );
    } catch {
      return undefined;
    }
  }
}
