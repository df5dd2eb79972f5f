import { LeaseRecord } from '../../leases/records';
import { newEntitlement, rows } from '../rows';
import { Glass, leaseAt } from './Glass';
import { brokenOnce, letInByWord, reviewedFirst } from './glassInvariants';
import { GlassMoment } from './GlassMoment';
import { outcomeNow } from './outcomeNow';

const INDICES = [0, 1] as const;

/** The person breaks the glass, or asks by the rules, at any moment: as the resolver and then the ledger let them. */
export function askAct(moment: GlassMoment): void {
  const { base, configuration } = moment;
  const index = INDICES.find(each => base.world.leases[each] === 'unasked');
  if (index === undefined || (index === 1 && !configuration.twice)) {
    return;
  }
  const live = rows(base.world);
  // A lease by the rules is nobody's business but its own.
  if (live.every(({ breakGlass }) => breakGlass)) {
    ask(moment, index, true);
  }
  if (configuration.ordinary && live.length === 0) {
    ask(moment, index, false);
  }
}

function ask(moment: GlassMoment, index: 0 | 1, breakGlass: boolean): void {
  const { base, copy, emit, configuration, rules, leaseMaker } = moment;
  const leases = INDICES.map(each => leaseAt(base, each)).filter(
    (lease): lease is LeaseRecord => lease !== undefined,
  );
  if (
    outcomeNow(base, breakGlass, rules).outcome !== 'eligible' ||
    (breakGlass && !rules.mayBreak(leases, base.world.now))
  ) {
    return;
  }
  const glass = copy();
  write(glass, leaseMaker(index, breakGlass));
  glass.world.entitlement ??= newEntitlement(configuration.world);
  const by = breakGlass ? 'the glass is broken' : 'a lease is asked for';
  const which = index === 0 ? '' : ' again';
  const word = base.catalog.answers ? '' : ' by the copy';
  emit({
    label: `${by}${which}${word}`,
    glass,
    calm: false,
    broken:
      letInByWord(base, breakGlass) ??
      (breakGlass
        ? brokenOnce(leases) ?? reviewedFirst(leases, base.world)
        : undefined),
  });
}

function write({ world }: Glass, lease: LeaseRecord): void {
  world.leases[lease.id === 'A' ? 0 : 1] = lease;
  world.nextAt = world.now;
  world.turnAt = world.now;
}
