import { Moment } from '../Moment';
import { ModelState } from '../ModelState';
import { newWorld } from '../newWorld';
import { setPresent, leaveBehind } from '../outside';
import { newSweep } from './pass';
import { NO_REPORT, SweepBudget } from './Sweep';

/** What happens behind the engine's back: things are removed and brought back by hand, and the ledger is put back to what it was. */
export function somebodyMeddles(moment: Moment): void {
  const { base } = moment;
  const { sweep } = base;
  if (!sweep) {
    return;
  }
  if (sweep.budget.snatches > 0 && base.present) {
    disturb(moment, 'snatches', 'the thing is removed by hand', false);
  }
  if (sweep.budget.revivals > 0 && !base.present && wasThere(base)) {
    disturb(moment, 'revivals', 'the thing is brought back by hand', true);
  }
  if (sweep.budget.restores > 0) {
    if (sweep.backup) {
      restore(moment, sweep.backup);
    } else {
      backUp(moment);
      restore(
        moment,
        {
          ...newWorld(),
          pausedUntil: base.pausedUntil,
          sweep: { ...sweep, report: NO_REPORT },
        },
        ' to before A',
      );
    }
  }
}

function disturb(
  { copy, emit, configuration }: Moment,
  spent: keyof SweepBudget,
  label: string,
  present: boolean,
): void {
  const state = copy();
  setPresent(state, present, configuration);
  state.sweep!.disturbed = true;
  state.sweep!.budget[spent] -= 1;
  emit({ label, state, calm: false });
}

function backUp({ base, copy, emit }: Moment): void {
  const state = copy();
  state.sweep!.backup = ledgerOf(base);
  emit({ label: 'a backup of the ledger is made', state, calm: false });
}

/** Nothing but what is in the ledger. */
function ledgerOf(state: ModelState): ModelState {
  const { now, entitlement, leases, nextAt, turnAt } = state;
  const { pausedUntil, claimUntil, sweep } = state;
  return {
    ...newWorld(),
    now,
    entitlement,
    leases,
    nextAt,
    turnAt,
    pausedUntil,
    claimUntil,
    sweep: {
      ...newSweep({ snatches: 0, revivals: 0, restores: 0 }),
      report: sweep!.report,
    },
  };
}

/** All backends are stopped meanwhile; their calls may still land. Claims and reports are of the ledger, and go back with it. */
function restore(
  { base, copy, emit, rules }: Moment,
  backup: ModelState,
  toWhat = '',
) {
  const state = copy();
  if (base.hand === 'calling') {
    leaveBehind(state, base.entitlement!.call!, rules);
  }
  const { entitlement, leases, nextAt, turnAt, pausedUntil } = backup;
  const { claimUntil = 0 } = backup;
  Object.assign(state, {
    entitlement,
    leases,
    nextAt,
    turnAt,
    pausedUntil,
    claimUntil: claimUntil > state.now ? claimUntil : undefined,
    hand: undefined,
    late: 0,
    sweep: {
      ...state.sweep!,
      pass: undefined,
      report: backup.sweep!.report,
      backup: undefined,
      disturbed: true,
      restored: true,
      budget: { ...state.sweep!.budget, restores: 0 },
    },
  });
  emit({ label: `the ledger is put back${toWhat}`, state, calm: false });
}

/** Only what was made can be brought back. */
function wasThere({ leases: [lease] }: ModelState): boolean {
  return (
    lease === 'revoked' ||
    (typeof lease !== 'string' &&
      (lease.state === 'active' || lease.state === 'revoking'))
  );
}
