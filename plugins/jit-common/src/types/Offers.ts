import { JsonPrimitive } from '@backstage/types';
import { LeaseKind } from './states';

/**
 * A value that the requester gives for a profile.
 *
 * @public
 */
export interface OfferedParameter {
  /** Its key in `parameters` of a request. */
  name: string;
  /** The values it may take; any text that the profile lets through when not given. */
  choices?: JsonPrimitive[];
}

/**
 * What the caller could lease on an entity.
 *
 * @public
 */
export interface ProfileOffer {
  profileId: string;
  /** What it would be on; given while the catalog does not answer, when nobody finds the entity. */
  entityRef?: string;
  title: string;
  description?: string;
  provider: string;
  kind: LeaseKind;
  duration: {
    defaultMs: number;
    maximumMs: number;
    choicesMs: number[];
  };
  reason: { required: boolean; example?: string };
  extension?: { maximumMs: number; times: number };
  /** Given when it ends for not being used. */
  idle?: { afterMs: number; warnMs?: number };
  /** How long after its begin it can be protected, if it can. */
  protect?: { maximumMs: number };
  /** How long a closed last copy of it stays after its end, if one does. */
  keep?: { forMs: number };
  /** What it costs, if that is known: a decimal number as text, such as `0.12`. */
  price?: { perHour: string; currency: string; baselineMs?: number };
  /** It ends when it has cost so much. */
  budget?: { maximum: string };
  /** What the requester has to give as well; not given when nothing. */
  parameters?: OfferedParameter[];
  /** True when the rules grant this to the caller without a decision by a person. */
  automatic: boolean;
  /** Who decides when it is not granted at once, in words. */
  approval?: Array<{ rule: string; count: number }>;
  /** The context sources that can grant it at once all the same, by name; asked when it is asked for. */
  context?: string[];
  /** When it can be leased, by the wall clock of a timezone; at any time when not given. A lease lies within as a whole. */
  hours?: { timezone: string; windows: string[] };
  /** Given when the caller may go in without approval, in an emergency; also when they are not eligible. */
  breakGlass?: { reviewWithinMs: number };
  /** Given when the caller may ask for others: with whether they have to agree. */
  onBehalf?: { consent: boolean };
  /** Set when the caller cannot have it: the rule that says so, in words. */
  refusal?: string;
  /** Set when the profile cannot be used by anybody at the moment, with the cause. */
  closed?: string;
  /** What stays alive after the end, in the provider's words. */
  residual?: string;
}

/**
 * What the caller could lease as one on an entity: all parts are asked for in one request, granted in their order, and end together.
 *
 * @public
 */
export interface BundleOffer {
  bundleId: string;
  title: string;
  description?: string;
  /** Of the bundle as a whole; given with the first part of the request. */
  duration: ProfileOffer['duration'];
  extension?: ProfileOffer['extension'];
  reason: ProfileOffer['reason'];
  automatic: boolean;
  /** Set when the caller cannot have one of the parts: the rule that says so, in words. */
  refusal?: string;
  /** Set when one of the parts cannot be used by anybody at the moment, with the cause. */
  closed?: string;
  /** In the order in which they are granted. */
  parts: ProfileOffer[];
}

/** @public */
export interface Offers {
  items: ProfileOffer[];
  bundles?: BundleOffer[];
  /** Set while the catalog does not answer: when it last did. Then all that is offered is to break the glass, by who was in the groups. */
  catalogAsOf?: string;
}
