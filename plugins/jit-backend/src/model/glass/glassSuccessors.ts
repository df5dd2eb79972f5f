import { NotAllowedError } from '@backstage/errors';
import { laterEndIsDecided } from '../later';
import { Moment, Successor } from '../Moment';
import { peopleAct } from '../people';
import { rows } from '../rows';
import { brokenBy } from '../stateInvariants';
import { workersAct } from '../workers';
import { outsideActs, tick } from '../world';
import { askAct } from './askAct';
import { catalogActs } from './catalogActs';
import { Glass, GlassConfiguration } from './Glass';
import { decodeGlass } from './glassCodes';
import { lastsAsAsked } from './glassInvariants';
import { GlassMoment, GlassSuccessor } from './GlassMoment';
import { inGlass } from './inGlass';
import { isToBeLookedAt, lookAct } from './lookAct';
import { outcomeNow, outcomeOfCatalog } from './outcomeNow';
import { mayHold } from './persons';
import { reviewAct } from './reviewAct';

const VERDICTS = {
  eligible: 'eligible',
  ineligible: 'ineligible',
  gone: 'ineligible',
  unavailable: 'connection',
} as const;

/** Hands everything that may come next to `emit`. */
export function glassSuccessors(
  key: string,
  options: Omit<GlassMoment, 'base' | 'copy'>,
): void {
  const { configuration, leaseMaker } = options;
  const copy = () => decodeGlass(key, configuration, leaseMaker);
  const base = copy();
  const moment: GlassMoment = {
    ...options,
    base,
    copy,
    emit: next => options.emit(checked(base, next, configuration)),
  };
  let ticks: Successor | undefined;
  tick(worldOf(moment, next => (ticks = next)));
  const lookDue = isToBeLookedAt(base);
  lookAct(moment, lookDue && ticks?.calm === true);
  if (ticks && !lookDue) {
    moment.emit(inGlass(base, ticks));
  }
  const world = worldOf(moment, next => moment.emit(inGlass(base, next)));
  outsideActs(world);
  peopleAct(world);
  laterEndIsDecided(world);
  workersAct(world);
  catalogActs(moment);
  askAct(moment);
  reviewAct(moment);
}

/** The world as it is within: the catalog answers its question, and people decide about later ends of a broken glass only while it does. */
function worldOf(
  { base, copy, configuration, rules }: GlassMoment,
  emit: Moment['emit'],
): Moment {
  const { call } = base.world.entitlement ?? {};
  const called =
    call?.operation === 'eligibility'
      ? rows(base.world).find(({ id }) => id === call.leaseId)
      : undefined;
  const byWord = <A extends unknown[], R>(decide: (...args: A) => R) => {
    return (...args: A): R => {
      const outcome = outcomeOfCatalog(base, true, rules);
      if (!rules.mayEndLater(outcome)) {
        throw new NotAllowedError('The catalog does not say so');
      }
      return decide(...args);
    };
  };
  return {
    base: base.world,
    copy: () => copy().world,
    emit,
    configuration: configuration.world,
    rules: {
      ...rules,
      askForApproval: byWord(rules.askForApproval),
      allApproved: byWord(rules.allApproved),
    },
    verdict:
      called &&
      VERDICTS[outcomeNow(base, called.breakGlass === true, rules).outcome],
  };
}

/** With what is remembered only to be checked, and whether a promise is broken. */
function checked(
  before: Glass,
  next: GlassSuccessor,
  { world }: GlassConfiguration,
): GlassSuccessor {
  const { glass, broken } = next;
  const active = rows(glass.world).find(({ state }) => state === 'active');
  const lost =
    active !== undefined &&
    !mayHold(glass.catalog.person, active.breakGlass === true);
  const { now } = glass.world;
  glass.saysLostSince =
    lost && glass.catalog.answers ? before.saysLostSince ?? now : undefined;
  glass.lostAt = before.lostAt ?? (lost ? now : undefined);
  return {
    ...next,
    broken: broken ?? lastsAsAsked(glass) ?? brokenBy(glass.world, world),
  };
}
