import { JitProvider, JitProviderError } from '@backstage-jit/plugin-jit-node';
import { LeaseKind } from '@backstage-jit/plugin-jit-common';
import { HumanDuration } from '@backstage/types';
import { randomUUID } from 'node:crypto';
import { FakeOutside } from '../outside/FakeOutside';
import { RemoteFakeOutside } from '../server/RemoteFakeOutside';
import { asynchronous } from './asynchronous';
import { atOnce } from './atOnce';
import { FakeNatureName } from './FakeNature';
import { FakeProvider } from './FakeProvider';
import { FakeConnection, FakeHandle, FakeParams } from './fakeSchemas';
import { ordered } from './ordered';

/** @public */
export interface FakeProviderOptions {
  /** `fake.access` when not given. */
  id?: string;
  /** `at-once` when not given. */
  nature?: FakeNatureName;
  /** Whether it gives a membership that leases share, by subject and name. */
  shared?: boolean;
  /**
   * Whether the system can tell what we made from what others made; true when not given. Otherwise `revoke` takes a membership away whoever gave
   * it, as with most groups, and only the engine's memory of what was held before protects it; `listPresent` stands in place of `listOwned`,
   * and `listActivity` is missing.
   */
  marks?: boolean;
  /** By nature when not given: `infrastructure` when ordered, else `access`. */
  kind?: LeaseKind;
  /** Whether revoke ends live sessions (true when not given), or they die by themselves at the outside expiry, as tokens do. */
  endsSessions?: boolean;
  /** How many looks an asynchronous request takes; 2 when not given. */
  looks?: number;
  settle?: HumanDuration;
  callTimeout?: HumanDuration;
  /** What it says that nobody can take back. */
  residual?: string;
  /** Whether it can look if a thing is gone; true when not given. */
  looksAtAbsence?: boolean;
  /** The world, or the address of its server. The connection's `url` when not given. */
  outside?: FakeOutside | string;
  /** Stands for the process in the record of calls; a random one when not given. */
  worker?: string;
}

const NATURES = { 'at-once': atOnce, asynchronous, ordered };

/**
 * A provider over a {@link FakeOutside}, which keeps the provider contract and records every call that is made to it.
 *
 * @public
 */
export function createFakeProvider(
  options?: FakeProviderOptions,
): JitProvider<FakeParams, FakeHandle, FakeConnection> {
  const nature = options?.nature ?? 'at-once';
  const kind =
    options?.kind ?? (nature === 'ordered' ? 'infrastructure' : 'access');
  const shared = options?.shared ?? false;
  const worker = options?.worker ?? randomUUID();
  const given = options?.outside;

  const remotes = new Map<string, FakeOutside>();
  const remoteAt = (url: string) => {
    const remote = remotes.get(url) ?? new RemoteFakeOutside({ url, worker });
    remotes.set(url, remote);
    return remote;
  };

  return new FakeProvider({
    id: options?.id ?? 'fake.access',
    kind,
    nature: NATURES[nature],
    shared,
    marks: options?.marks ?? true,
    credentials: kind === 'access' && !shared,
    endsSessions: options?.endsSessions ?? true,
    looks: options?.looks ?? 2,
    settle: options?.settle,
    callTimeout: options?.callTimeout,
    residual: options?.residual,
    looksAtAbsence: options?.looksAtAbsence ?? true,
    worker,
    outsideOf: connection => {
      if (given !== undefined && typeof given !== 'string') {
        return given;
      }
      const url = given ?? connection.url;
      if (url === undefined) {
        throw JitProviderError.misconfigured(
          'The connection has no url of an outside world.',
        );
      }
      return remoteAt(url);
    },
  });
}
