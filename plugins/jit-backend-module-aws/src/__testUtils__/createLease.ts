import {
  createExternalName,
  createLeaseContext,
  driveToDone,
} from '@backstage-jit/plugin-jit-test-utils';
import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import {
  AwsFront,
  AwsSession,
  keysOf,
} from '@backstage-jit/plugin-jit-test-peers';
import { AwsConnection } from '../connection/connectionSchema';
import { AwsStsProvider } from '../provider/AwsStsProvider';
import { StsParams } from '../provider/paramsSchema';
import { StsHandle } from '../provider/types';
import { connectionTo } from './createStsHarness';

export interface LeaseOptions {
  params?: Partial<StsParams>;
  connection?: Partial<AwsConnection>;
  /** When it ends, in epoch milliseconds; in half an hour when not given. */
  expiresAt?: number;
  /** By its name. */
  role?: string;
  mark?: OwnershipMark;
}

const MINUTE = 60_000;

/** A lease as the engine drives it. */
export function createLease(
  bench: { front: AwsFront; provider: AwsStsProvider },
  options: LeaseOptions = {},
) {
  const { front, provider } = bench;
  const role = front.roleArn(options.role ?? 'invoices-reader');
  const externalName = createExternalName();
  let handle: StsHandle | undefined;
  let expiresAt = options.expiresAt ?? front.now + 30 * MINUTE;
  const context = () =>
    createLeaseContext<StsParams, StsHandle, AwsConnection>({
      connection: connectionTo(front, {
        ceiling: { roles: [role] },
        ...options.connection,
      }),
      params: { role, ...options.params },
      lease: { id: `lease-of-${externalName}`, expiresAt },
      externalName,
      mark: options.mark,
      handle,
    });
  const drive = (operation: 'grant' | 'revoke') =>
    driveToDone<StsHandle>({
      handle,
      step: () => provider[operation](context()),
      wait: async () => {},
      onCommit: committed => {
        handle = committed;
      },
    });
  const intend = () => {
    const { now } = front;
    const { lease, params } = context();
    handle = provider.intendCredentials({
      lease,
      params,
      handle,
      now,
      landsUntil: now + MINUTE,
    });
  };
  return {
    externalName,
    context,
    handle: () => handle,
    extendTo: (end: number) => {
      expiresAt = end;
    },
    grant: () => drive('grant'),
    revoke: () => drive('revoke'),
    inspect: () => provider.inspect(context()),
    plan: () => provider.plan(context()),
    /** Commits the intent of a mint, and dies. */
    intend,
    /** Fresh keys, with the session that they are of. */
    async mint() {
      intend();
      const credentials = await provider.issueCredentials(context());
      const { AccessKeyId } = keysOf(credentials);
      return { credentials, session: front.sessions.get(AccessKeyId)! };
    },
    /** Whether IAM lets a session do something with the role as it is, at an instant from now. */
    may: (session: AwsSession, inMs = 0) =>
      session.may({
        inline: front.policies.of(role.split('/').at(-1)!),
        at: front.now + inMs,
      }),
  };
}
