import { ChangeLimit } from '../config';
import { exceeds } from '../tasks/exceeds';
import { Difference } from './compare';

/** How many things a sentence names. */
const NAMES_SHOWN = 5;

/** What a pass does about the differences that count. */
export interface Course {
  /** Things whose leases end, because they are gone. */
  end: Difference[];
  /** Things whose leases have ended, and are there. */
  takeBack: Difference[];
  /** Things whose leases the ledger does not know, or not as granted. */
  adopt: Difference[];
  /** What is left alone, in words. */
  left: string[];
}

/**
 * What to do about the differences that count, and what to leave alone until an operator says go: too much at once, infrastructure where config
 * says so, and what the ledger does not know.
 */
export function chooseCourse(options: {
  counted: Difference[];
  /** How many things there are, inside or outside. */
  lookedAt: number;
  atMost: ChangeLimit;
  /** Whether what is there after its end may be taken back unasked. */
  removes: boolean;
  /** Whether an operator has said go. */
  go: boolean;
}): Course {
  const { counted, lookedAt, atMost, removes, go } = options;
  const ofType = (type: Difference['type']) =>
    counted.filter(each => each.type === type);
  const ghosts = ofType('ghost');
  const orphans = ofType('resurrected');
  const unknown = ofType('unknown');
  const mayRemove = go || removes;
  const changes = ghosts.length + (mayRemove ? orphans.length : 0);
  if (!go && exceeds(atMost, changes, lookedAt)) {
    return {
      end: [],
      takeBack: [],
      adopt: [],
      left: [
        `${changes} of ${lookedAt} things differ from the ledger; nothing was changed, because so many at once look like a fault`,
      ],
    };
  }

  const left: string[] = [];
  if (!mayRemove && orphans.length) {
    left.push(
      `${orphans.length} things are there whose leases have ended (${namesOf(
        orphans,
      )}); they are left alone until an operator says go, as jit.reconcile.orphans.infrastructure has it`,
    );
  }
  if (!go && unknown.length) {
    left.push(
      `${
        unknown.length
      } things carry this ledger's mark and are unknown to it, as after a restore from a backup (${namesOf(
        unknown,
      )}); they are left alone until an operator says go`,
    );
  }
  return {
    end: ghosts,
    takeBack: mayRemove ? orphans : [],
    adopt: go ? unknown : [],
    left,
  };
}

/** A few of them: a sentence, not a list. */
function namesOf(differences: Difference[]): string {
  const names = differences.map(({ externalName }) => externalName).sort();
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN ? `${shown}, …` : shown;
}
