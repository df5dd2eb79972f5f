import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { credentialForms } from '../credentials/credentialForms';
import { Fetch, signInLink } from '../credentials/signInLink';
import { assumeRole } from '../session/assumeRole';
import { sessionName } from '../session/sessionName';
import { buildSessionPolicy } from '../session/sessionPolicy';
import { sessionTags } from '../session/sessionTags';
import { endOfKeys } from './intendCredentials';
import { HOUR_S } from './paramsSchema';
import { refusedByCeiling } from './refusedByCeiling';
import { StsCall } from './types';

/** STS makes no keys for less. */
const SHORTEST_S = 900;

/** Makes keys that carry the lease and end with it. Those given out before keep their own end. */
export async function issueCredentials(
  call: StsCall & { fetch: Fetch },
): Promise<IssuedCredentials> {
  const { lease, params, handle, connection } = call.ctx;
  const keys = handle?.keys;
  if (!keys || lease.expiresAt === undefined) {
    throw JitProviderError.misconfigured(
      `There are no keys of role '${params.role}' for a lease that was not granted.`,
    );
  }
  const refusal = refusedByCeiling(call.ctx);
  if (refusal) {
    throw JitProviderError.misconfigured(refusal);
  }
  const end = endOfKeys(lease.expiresAt);
  const wantedS = Math.ceil((end - keys.intendedAt) / 1000);
  const name = sessionName(call.ctx);
  const session = await assumeRole(call, {
    RoleArn: params.role,
    RoleSessionName: name,
    SourceIdentity: name,
    DurationSeconds: Math.max(
      SHORTEST_S,
      Math.min(wantedS, params.keysFor ?? HOUR_S),
    ),
    Policy: buildSessionPolicy({ ...params, end }),
    Tags: sessionTags(lease, params.tags),
  });
  const expiresAt = Math.min(session.expiresAt, end);
  return {
    expiresAt: new Date(expiresAt).toISOString(),
    forms: credentialForms({
      ...session,
      expiresAt,
      region: connection.config.region,
      profile: lease.profileId,
      signInLink: await signInLink(call, session),
    }),
  };
}
