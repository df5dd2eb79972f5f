import { KnownLease, LedgerThing } from '../../reconcile/compare';
import { UNIT } from '../Configuration';
import { ModelState } from '../ModelState';
import { Moment } from '../Moment';
import { visible } from '../outside';
import { IDS, rows } from '../rows';
import { act } from './acts';
import { isNext, isToBeRestored, nextOf } from './nextOf';
import { DEEDS, NO_REPORT, Pass, Report, Sweep, SweepBudget } from './Sweep';
import { unknownOnlyIfRestored } from './sweepInvariants';

const NAME = 'jit_thing';

/** One pass after the other over the connection, each as slow as it likes; one may die at any point. */
export function sweeps(moment: Moment): void {
  const { sweep } = moment.base;
  if (!sweep) {
    return;
  }
  const calm = isNext(moment.base);
  if (sweep.report.held && !sweep.report.go) {
    operatorSaysGo(moment, calm && nextOf(moment.base) === 'go');
  }
  if (!sweep.pass) {
    begin(moment, calm && nextOf(moment.base) === 'sweep');
    return;
  }
  die(moment);
  if (sweep.pass.confirmed) {
    doIt(moment, sweep.pass, calm);
  } else if (sweep.pass.deed) {
    lookAtIt(moment, sweep.pass, calm);
  } else {
    compares(moment, sweep.pass, calm);
  }
}

function begin({ base, copy, emit }: Moment, calm: boolean): void {
  if (base.sweep!.swept || base.down || isToBeRestored(base.sweep!)) {
    return;
  }
  const seen = base.repointed ? [false] : visible(base);
  for (const listed of seen) {
    const state = copy();
    state.sweep!.swept = true;
    state.sweep!.pass = {
      listed,
      identity: base.repointed ? 'another' : 'ours',
    };
    emit({
      label: `the sweep lists ${listed ? 'the thing' : 'nothing'}`,
      state,
      calm: calm && listed === base.present,
    });
  }
}

/** Reads the ledger after the list, and decides. */
function compares(moment: Moment, pass: Pass, calm: boolean): void {
  const { base, copy, emit, configuration, rules } = moment;
  const { report } = base.sweep!;
  const { now } = base;
  const settleMs = configuration.settle * UNIT;
  const outside = pass.listed
    ? [{ externalName: NAME, leaseId: IDS[0] as string }]
    : [];
  const expected = expectedOf(base, pass);
  const differences = rules.compare({
    outside,
    expected,
    leases: knownOf(base),
    before: report.difference
      ? [{ ...report.difference, externalName: NAME, leaseId: IDS[0] }]
      : [],
    now,
  });
  const course = rules.chooseCourse({
    counted: rules.confirmed(differences, { now, settleMs }),
    lookedAt: 1,
    atMost: { count: 5, percent: 5 },
    removes: configuration.swept?.takesBack === 'at once',
    go: report.go,
  });
  const state = copy();
  const [difference] = differences;
  const found: Report = {
    difference: difference && {
      type: difference.type,
      firstSeenAt: difference.firstSeenAt,
    },
    held: course.left.length > 0,
    go: false,
  };
  const deed = DEEDS.find(each => course[each].length > 0);
  if (deed) {
    state.sweep!.pass = { ...pass, deed, report: found };
  } else {
    finish(state.sweep!, found);
  }
  emit({
    label: `the sweep finds ${difference?.type ?? 'no difference'}${
      deed ? ', and will act' : ''
    }`,
    state,
    calm,
    broken: unknownOnlyIfRestored(difference, base),
  });
}

/** What the statement of `readExpected` says of the one entitlement. */
function expectedOf(state: ModelState, { identity }: Pass): LedgerThing[] {
  const { entitlement } = state;
  if (!entitlement) {
    return [];
  }
  const activeLeaseIds = rows(state)
    .filter(lease => lease.state === 'active')
    .map(({ id }) => id);
  const { attempted, heldBefore, call, removal } = entitlement;
  return [
    {
      entitlementId: entitlement.id,
      externalName: NAME,
      settled:
        activeLeaseIds.length > 0 &&
        attempted &&
        !heldBefore &&
        entitlement.identity === identity &&
        !call &&
        !removal,
      activeLeaseIds,
    },
  ];
}

function knownOf({ leases: [lease] }: ModelState): KnownLease[] {
  return lease === 'unasked'
    ? []
    : [{ id: IDS[0], revoked: lease === 'revoked' }];
}

/** It looks at the thing itself. A look that fails, or finds something else, leaves it alone. */
function lookAtIt(
  { base, copy, emit }: Moment,
  pass: Pass,
  calm: boolean,
): void {
  const wanted = pass.deed !== 'end';
  const seen: Array<boolean | undefined> =
    base.down || base.repointed ? [undefined] : visible(base);
  for (const present of seen) {
    const state = copy();
    if (present === wanted) {
      state.sweep!.pass = { ...pass, confirmed: true };
    } else {
      finish(state.sweep!, pass.report!);
    }
    emit({
      label: `the look of the sweep says ${answerOf(present)}`,
      state,
      calm: calm && present === base.present,
    });
  }
}

function answerOf(present: boolean | undefined): string {
  if (present === undefined) {
    return 'nothing';
  }
  return present ? 'present' : 'absent';
}

function doIt(moment: Moment, pass: Pass, calm: boolean): void {
  const state = moment.copy();
  const broken = act(state, pass.deed!, moment);
  finish(state.sweep!, pass.report!);
  moment.emit({
    label: `the sweep does it: ${pass.deed}`,
    state,
    calm,
    broken,
  });
}

function finish(sweep: Sweep, report: Report): void {
  sweep.pass = undefined;
  sweep.report = report;
}

/** Nothing is reported: the next pass begins where the one before it was. */
function die({ copy, emit }: Moment): void {
  const state = copy();
  state.sweep!.pass = undefined;
  emit({ label: 'the sweep dies', state, calm: false });
}

function operatorSaysGo({ copy, emit }: Moment, calm: boolean): void {
  const state = copy();
  state.sweep!.report = { ...state.sweep!.report, go: true };
  emit({ label: 'an operator says go', state, calm });
}

/** The sweep of a world that was not swept yet. */
export function newSweep({ snatches, revivals, restores }: SweepBudget): Sweep {
  return {
    swept: false,
    report: NO_REPORT,
    disturbed: false,
    restored: false,
    budget: { snatches, revivals, restores },
  };
}
