import { FilterPredicate } from '@backstage/filter-predicates';
import { LeaseKind } from '@backstage-jit/plugin-jit-common';
import { JsonObject, JsonPrimitive } from '@backstage/types';

/**
 * Names people. Every ref is in the catalog's normal form (lower case, with kind and namespace).
 *
 * - `group`: its members, and those of the groups below it.
 * - `user`: one person.
 * - `owner`: who owns the target, directly or by a group.
 */
export type PeopleRule =
  | { kind: 'group'; ref: string }
  | { kind: 'user'; ref: string }
  | { kind: 'owner' };

/** Names people who decide: as `PeopleRule`, or whoever the catalog says is the manager of the subject. */
export type ApproverRule = PeopleRule | { kind: 'manager' };

/** Names a condition from outside the catalog, by its key under `jit.contextSources`. */
export interface ContextRule {
  kind: 'context';
  source: string;
}

/** What grants at once: who somebody is, or a condition. */
export type AutoRule = PeopleRule | ContextRule;

/**
 * The entities a profile can be leased on. Everything that is given must hold.
 *
 * `entityRefs` and `trustedLocations` say whose word is taken about an entity (its owner, its annotations); `filter` only narrows.
 */
export interface TargetRules {
  entityRefs?: string[];
  /** Origin locations, whole or ending in `/*`. */
  trustedLocations?: string[];
  filter?: FilterPredicate;
}

/** In milliseconds. `defaultMs` and every choice are at most `maximumMs`. */
export interface DurationRules {
  defaultMs: number;
  maximumMs: number;
  /** Suggestions: any duration up to the maximum can be asked for. */
  choicesMs: number[];
}

/** How far and how often the end may be moved. */
export interface ExtensionRules {
  /** In total over all extensions, beyond the duration's maximum, in milliseconds. */
  maximumMs: number;
  times: number;
  /** How far the steps of approval may move it beyond that, in total: 0 for not at all, no limit of its own when not given. */
  byApprovalMs?: number;
}

/** When a lease that is not used ends. `warnMs` is less than `afterMs`. */
export interface IdleRules {
  afterMs: number;
  warnMs?: number;
}

/** An amount is a decimal number as text. */
export interface PriceRules {
  perHour: string;
  /** ISO 4217. */
  currency: string;
  /** How long one like it would have stayed without a lease: what is saved is measured against it. */
  baselineMs?: number;
}

export interface ReasonRules {
  required: boolean;
  /** Must match from the first character of the reason. */
  pattern?: string;
  example?: string;
}

/** Leases counted from `approved` to the end. No limit where not given. */
export interface LimitRules {
  /** Of this profile, for one subject. */
  perSubject?: number;
  /** Of this profile, for everybody. */
  perProfile?: number;
}

/** One decision that people have to make. */
export interface ApprovalStep {
  approvers: ApproverRule[];
  /** How many different people have to approve. */
  count: number;
  /** Who may decide as well when nobody has answered for so long. */
  escalation?: { afterMs: number; to: ApproverRule[] };
}

/**
 * Who decides. Without `auto` and `steps` everybody eligible is granted at once; with `auto` those whom it names are, and all
 * others go through the steps, one after the other.
 */
export interface ApprovalRules {
  auto?: AutoRule[];
  steps: ApprovalStep[];
  /** How long a request waits for its decision. Given with steps. */
  expiresMs?: number;
}

/** When a lease may live, by the wall clock of a timezone. */
export interface HoursRules {
  /** An IANA name. */
  timezone: string;
  /** As in config: `Mon-Fri 08:00-18:00`. At least one. */
  windows: string[];
}

/** A window, read. */
export interface HoursWindow {
  /** 1 is Monday. */
  days: number[];
  /** In minutes from the beginning of the day. */
  from: number;
  /** The same, after `from`; more than a day's when it goes on into the next. */
  to: number;
}

/** Who may go in without approval and eligibility, in an emergency. */
export interface BreakGlassRules {
  /** Groups, normalised. At least one. */
  groups: string[];
  /** How long after its latest end somebody else has to have looked at it. */
  reviewWithinMs: number;
}

/** Who may ask for others. */
export interface OnBehalfRules {
  by: PeopleRule[];
  /** Whether who receives it has to agree before anybody else decides. */
  consent: boolean;
}

/** What becomes of a live lease whose subject is no longer eligible. */
export type WhenIneligible = 'end' | 'keep';

/** The rules that a profile in config and a pinned one share. */
export interface ProfileRules {
  title: string;
  description?: string;
  /** The provider's id. */
  provider: string;
  /** Its key under `jit.connections`. */
  connection: string;
  /** Not given: leased without a target. */
  targets?: TargetRules;
  /** At least one. */
  eligible: PeopleRule[];
  /** Wins over `eligible`. */
  deny: PeopleRule[];
  durations: DurationRules;
  grantWithinMs: number;
  /** Not given: the end cannot be moved. */
  extension?: ExtensionRules;
  /** Not given: it may stay unused. */
  idle?: IdleRules;
  /** Not given: it cannot be protected. From when it became active. */
  protect?: { maximumMs: number };
  /** Not given: what it costs is not known. */
  price?: PriceRules;
  /** Not given: no last copy is kept. */
  keepMs?: number;
  /** The most that it may cost, in the currency of the price; only with one. */
  budget?: { maximum: string };
  reason: ReasonRules;
  /** Not given: at any time. */
  hours?: HoursRules;
  /** Not given: everybody asks for themselves. */
  onBehalf?: OnBehalfRules;
  /** Not given: nobody gets round the approval. */
  breakGlass?: BreakGlassRules;
  limits: LimitRules;
  whenIneligible: WhenIneligible;
  approval: ApprovalRules;
  /** True when people who can read the target are not shown who is in. */
  presenceHidden: boolean;
}

/** Which values a substituted parameter may take. */
export type AllowedValues =
  | { values: JsonPrimitive[] }
  /** Matches the whole value. */
  | { pattern: string };

/** A scalar of the parameters that is filled when the profile is leased. */
export interface ParameterSlot {
  /** Where in the parameters. */
  at: Array<string | number>;
  /** `target`: the catalog entity; `parameters`: what the requester sent; `parts`: the earlier parts of the bundle, when they are active. */
  from: 'target' | 'parameters' | 'parts';
  /** The keys to follow there. Of parts: the profile, and one of its facts. */
  path: string[];
  allow: AllowedValues;
}

/** A profile as configured, normalised. */
export interface Profile extends ProfileRules {
  id: string;
  /** Where it stands in config: `jit.profiles[2]`. */
  configPath: string;
  /** True when agents may ask in a person's name without the person's confirmation. */
  agents?: boolean;
  /** With null at each slot. */
  parameters: JsonObject;
  slots: ParameterSlot[];
}

/**
 * All that is needed to carry a lease to its end, whatever happens to the config. Plain JSON, kept in the ledger by the hash of
 * its content, so a later release has to read it: `v` says how.
 */
export interface PinnedProfile extends ProfileRules {
  v: 1;
  profileId: string;
  kind: LeaseKind;
  /** After substitution, before the provider's schema. */
  parameters: JsonObject;
  /** What is filled just before the grant, from earlier parts of the bundle; null stands there until then. */
  partSlots?: ParameterSlot[];
}
