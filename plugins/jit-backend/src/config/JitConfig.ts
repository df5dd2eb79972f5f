import { JsonObject } from '@backstage/types';
import { Bundle } from '../policy/Bundle';
import { PeopleRule, Profile } from '../policy/Profile';
import { EngineSettings } from './EngineSettings';

/** One outside system under `jit.connections`, before its provider has read it. */
export interface ConnectionConfig {
  name: string;
  /** Names the providers that work on it. */
  type: string;
  /** How many calls may be out at once, over all replicas. */
  concurrency: number;
  /** Everything else that stands there. May hold secrets. */
  settings: JsonObject;
}

/** One condition under `jit.contextSources`, before its type has read it. */
export interface ContextSourceConfig {
  name: string;
  type: string;
  /** Everything else that stands there. May hold secrets. */
  settings: JsonObject;
}

/** A key of the trail's chain. */
export interface EventKey {
  id: string;
  secret: string;
}

/** How the ledger is compared with the outside. */
export interface ReconcileSettings {
  everyMs: number;
  /** For providers of infrastructure, which costs money while nobody knows of it. */
  infrastructureEveryMs: number;
  orphans: {
    /** What becomes of infrastructure that carries our mark and has no unfinished lease. Such access is always revoked. */
    infrastructure: 'report' | 'remove';
  };
  /** A pass that would change more than both does nothing and tells the operators. */
  atMost: ChangeLimit;
}

/** How the use of things is looked at. */
export interface ActivitySettings {
  /** How often each connection is looked at; more often where a profile's idle time is short. */
  everyMs: number;
}

/**
 * What `jit.activity` stands for when it is not given. Use is known from the look that first shows it, and its absence from the look after the idle
 * time is over: together that takes less than a minute.
 */
export const DEFAULT_ACTIVITY_SETTINGS: ActivitySettings = { everyMs: 45_000 };

/** How the eligibility of live leases is looked at again. */
export interface RecheckSettings {
  everyMs: number;
  /** When more than both are to be ended at once none is, and the operators are told. */
  atMost: ChangeLimit;
}

export interface ChangeLimit {
  count: number;
  /** Of all that were looked at, 0 to 100. */
  percent: number;
}

/** All of `jit`, checked and normalised. */
export interface JitConfig {
  /** Names this portal in the mark that everything we make outside carries. */
  installation: string;
  /** Group and user rules only. */
  operators: PeopleRule[];
  people: {
    /** Users and groups from other origin locations do not count. All count when not given. */
    trustedLocations?: string[];
    /** Where a User says who their manager is. Given with `trustedLocations` only. */
    managerAnnotation?: string;
  };
  connections: ConnectionConfig[];
  contextSources: ContextSourceConfig[];
  profiles: Profile[];
  bundles: Bundle[];
  events: {
    /** At least one: the first signs, all verify. */
    keys: EventKey[];
  };
  trail: {
    /** How long a lease is kept after its end; for ever when not given. */
    keepMs?: number;
  };
  limits: { openRequestsPerPerson: number };
  engine: EngineSettings;
  activity: ActivitySettings;
  reconcile: ReconcileSettings;
  recheck: RecheckSettings;
}
