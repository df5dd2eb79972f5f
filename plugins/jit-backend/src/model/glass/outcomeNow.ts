import {
  EligibilityOutcome,
  EligibilityQuestion,
  Evidence,
} from '../../policy';
import { SOMEONE } from '../rows';
import { Glass } from './Glass';
import { PROFILE } from './glassLease';
import { GlassRules } from './GlassRules';
import { groupsOf, lookUp, ON_CALL } from './persons';

/** What `EligibilityChecker.check` says: by the catalog, or while that is away by a copy. */
export function outcomeNow(
  glass: Glass,
  breakGlass: boolean,
  rules: GlassRules,
): EligibilityOutcome {
  return rules.outcomeBy(questionOf(breakGlass), {
    ...evidenceIn(glass),
    copy: believedCopy(glass, rules),
  });
}

/** What `EligibilityChecker.checkMany` says, which goes by no copy. */
export function outcomeOfCatalog(
  glass: Glass,
  breakGlass: boolean,
  rules: GlassRules,
): EligibilityOutcome {
  return rules.outcomeBy(questionOf(breakGlass), evidenceIn(glass));
}

function questionOf(breakGlass: boolean): EligibilityQuestion {
  return { pinned: PROFILE, subject: SOMEONE, breakGlass };
}

function evidenceIn({ catalog }: Glass): Evidence {
  return catalog.answers
    ? { found: { lookup: lookUp(catalog.person) } }
    : { away: 'It does not answer' };
}

function believedCopy({ copy, world }: Glass, rules: GlassRules) {
  if (!copy || !rules.believes(copy, world.now)) {
    return undefined;
  }
  const groups = groupsOf(copy.person);
  // As it is made: of nobody but the members of the groups that it is about.
  const people: Record<string, string[]> = groups.includes(ON_CALL)
    ? { [SOMEONE]: groups }
    : {};
  return { people };
}
