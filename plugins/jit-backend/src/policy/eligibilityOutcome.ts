import { Entity } from '@backstage/catalog-model';
import { BreakGlassCopy, whyNeedsCatalog } from './BreakGlassCopy';
import { namedOnly } from './CopiedDirectory';
import { SubjectLookup } from './Directory';
import { decideBreakGlass, decideEligibility } from './eligibility';
import { PeopleRule, PinnedProfile } from './Profile';
import { Subject } from './rules';

export type EligibilityOutcome =
  | {
      outcome: 'eligible';
      /** In words, for the event. */
      rule: string;
      subject: Subject;
      /** As it was looked at. */
      target?: Entity;
    }
  | { outcome: 'ineligible'; rule: string }
  /** The catalog answered, and the subject is no longer there. */
  | { outcome: 'gone' }
  /** Nothing is known: grants nothing, ends nothing. */
  | { outcome: 'unavailable'; reason: string };

export interface EligibilityQuestion {
  pinned: PinnedProfile;
  /** A user's entity ref, normalised. */
  subject: string;
  /** Normalised. */
  entityRef?: string;
  /** Whether it is about an emergency, in which other people may. */
  breakGlass?: boolean;
  /** Whether more has to be known of the subject than their groups. */
  needsProfile?: boolean;
}

/** What there is to go by: what was found in the catalog, or while that is away perhaps a copy of it. */
export type Evidence =
  | { found: { lookup: SubjectLookup | undefined; target?: Entity } }
  | {
      /** Why the catalog could not be asked, in words. */
      away: string;
      /** One that is young enough. */
      copy?: Pick<BreakGlassCopy, 'people'>;
    };

/** The catalog's word counts; while it is away a copy lets in who breaks the glass, and of anybody else nothing is known. */
export function outcomeBy(
  question: EligibilityQuestion,
  evidence: Evidence,
): EligibilityOutcome {
  if ('found' in evidence) {
    return outcomeByCatalog(question, evidence.found);
  }
  const { away, copy } = evidence;
  return (
    (copy && letInByCopy(question, copy)) ?? {
      outcome: 'unavailable',
      reason: away,
    }
  );
}

/** While the catalog does not answer: a copy lets in who breaks the glass, and puts nobody out. Of whom it does not let in nothing is known. */
function letInByCopy(
  question: EligibilityQuestion,
  { people }: Pick<BreakGlassCopy, 'people'>,
): EligibilityOutcome | undefined {
  const {
    pinned,
    subject: ref,
    entityRef,
    breakGlass,
    needsProfile,
  } = question;
  if (
    !breakGlass ||
    needsProfile ||
    !Object.hasOwn(people, ref) ||
    whyNeedsCatalog(pinned) !== undefined
  ) {
    return undefined;
  }
  const outcome = outcomeByCatalog(question, {
    lookup: { status: 'found', subject: { ref, groups: people[ref] } },
    target: entityRef ? namedOnly([entityRef]).get(entityRef) : undefined,
  });
  return outcome.outcome === 'eligible' ? outcome : undefined;
}

/** What the catalog says by what was found in it. */
function outcomeByCatalog(
  { pinned, breakGlass }: Pick<EligibilityQuestion, 'pinned' | 'breakGlass'>,
  found: { lookup: SubjectLookup | undefined; target?: Entity },
): EligibilityOutcome {
  const { lookup, target } = found;
  if (!lookup || !isUnderstood(pinned)) {
    return {
      outcome: 'unavailable',
      reason: 'Its rules were written by a release that this one does not know',
    };
  }
  if (lookup.status === 'gone') {
    return { outcome: 'gone' };
  }
  const { subject } = lookup;
  const judge = breakGlass ? decideBreakGlass : decideEligibility;
  const decision = judge({ profile: pinned, subject, target });
  return decision.eligible
    ? { outcome: 'eligible', rule: decision.rule, subject, target }
    : { outcome: 'ineligible', rule: decision.rule };
}

/** Two releases may run side by side: a rule of the newer one must be neither skipped nor taken for a refusal by the older. */
function isUnderstood(pinned: PinnedProfile): boolean {
  const known: ReadonlyArray<PeopleRule['kind']> = ['group', 'user', 'owner'];
  return (
    pinned.v === 1 &&
    [...pinned.eligible, ...pinned.deny].every(rule =>
      known.includes(rule.kind),
    )
  );
}
