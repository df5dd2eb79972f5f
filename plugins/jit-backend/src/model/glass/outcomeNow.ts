import { EligibilityOutcome, EligibilityQuestion } from '../../policy';
import { SOMEONE } from '../rows';
import { Glass } from './Glass';
import { PROFILE } from './glassLease';
import { GlassRules } from './GlassRules';
import { groupsOf, lookUp, ON_CALL } from './persons';

const AWAY: EligibilityOutcome = {
  outcome: 'unavailable',
  reason: 'It does not answer',
};

/** What `EligibilityChecker.check` says, and by the same functions whoever asks: by the catalog, or while that is away by a copy. */
export function outcomeNow(
  glass: Glass,
  breakGlass: boolean,
  rules: GlassRules,
): EligibilityOutcome {
  const { catalog, copy, world } = glass;
  if (catalog.answers || !copy || !rules.believes(copy, world.now)) {
    return outcomeOfCatalog(glass, breakGlass, rules);
  }
  const groups = groupsOf(copy.person);
  // As it is made: of nobody but the members of the groups that it is about.
  const people: Record<string, string[]> = groups.includes(ON_CALL)
    ? { [SOMEONE]: groups }
    : {};
  return rules.letInByCopy(questionOf(breakGlass), { people }) ?? AWAY;
}

/** What `EligibilityChecker.checkMany` says, which goes by no copy. */
export function outcomeOfCatalog(
  { catalog }: Glass,
  breakGlass: boolean,
  rules: GlassRules,
): EligibilityOutcome {
  return catalog.answers
    ? rules.outcomeByCatalog(questionOf(breakGlass), {
        lookup: lookUp(catalog.person),
      })
    : AWAY;
}

function questionOf(breakGlass: boolean): EligibilityQuestion {
  return { pinned: PROFILE, subject: SOMEONE, breakGlass };
}
