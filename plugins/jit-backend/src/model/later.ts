import { LeaseRecord } from '../leases/records';
import { extensibleByApproval } from '../policy';
import { RequestChange } from '../database/operations/requests/changeRequest';
import { RequestDraft } from '../requests/RequestDraft';
import { RequestView } from '../database/operations/requests/placeRequest';
import { DURATIONS, UNIT } from './Configuration';
import { askedOnce, movesLater } from './laterInvariants';
import { Later } from './ModelState';
import { Moment } from './Moment';
import { extensionBeforeEnd, write } from './people';
import { newLease, SOMEONE } from './rows';
import { unlessRefused } from './unlessRefused';

/** By these rules the first lease may last so long. */
const TIMES = {
  durations: {
    maximumMs: DURATIONS.lease[0] * UNIT,
    defaultMs: DURATIONS.lease[0] * UNIT,
    choicesMs: [],
  },
  extension: {
    maximumMs: DURATIONS.extension * UNIT,
    times: 1,
    byApprovalMs: DURATIONS.byApproval * UNIT,
  },
};

const STEPS = { steps: [{ approvers: [], count: 1 }] };

/** No more of it than what decides about an end. */
const DRAFT = {
  parts: [
    {
      rule: 'eligible',
      provider: { supports: { extend: true } },
      pinned: { hash: 'hash', content: { title: 'Profile', ...TIMES } },
    },
  ],
} as unknown as RequestDraft;

/** A later end of the first lease is asked of people, at any moment, and they say what they like, or nothing. */
export function laterEndIsDecided(moment: Moment): void {
  const { base, configuration } = moment;
  if (!configuration.decided) {
    return;
  }
  const [lease] = base.leases;
  if (typeof lease !== 'string') {
    askPeople(moment, lease);
  }
  if (base.later) {
    peopleDecide(moment, base.later);
  }
}

function askPeople(moment: Moment, lease: LeaseRecord): void {
  const { base, rules } = moment;
  const { grantedAt, expiresAt } = lease;
  if (
    base.budget.asks === 0 ||
    grantedAt === undefined ||
    expiresAt === undefined
  ) {
    return;
  }
  const approvable = extensibleByApproval({
    terms: {
      profiles: [{ title: 'Profile', approval: STEPS }],
      times: TIMES,
    },
    grantedAt,
    expiresAt,
  });
  for (const units of [1, 2]) {
    const byMs = units * UNIT;
    const ask = () =>
      rules.askForApproval(lease, {
        actor: SOMEONE,
        now: base.now,
        requestId: 'later',
        byMs,
        upToMs: 'upToMs' in approvable ? approvable.upToMs : 0,
        canExtend: true,
      });
    write(
      moment,
      0,
      `people are asked for an end of A that is ${units} later`,
      ask,
      state => {
        state.budget.asks -= 1;
        state.later = { from: expiresAt, byMs };
        return extensionBeforeEnd(lease, base.now) ?? askedOnce(base);
      },
    );
  }
}

/** As the ledger does it: what refuses changes nothing, and the request waits on. */
function peopleDecide(moment: Moment, later: Later): void {
  const { base, copy, emit, configuration, rules } = moment;
  const [slot] = base.leases;
  const lease: LeaseRecord =
    typeof slot === 'string'
      ? { ...newLease(0, base.now, configuration), state: 'revoked' }
      : slot;
  const view = viewOf(lease, later);
  const common = { steps: [], deed: { actor: SOMEONE }, now: base.now };
  const approve = (narrowing: { durationMs?: number }) =>
    rules.allApproved(view, { ...common, draft: DRAFT, narrowing });
  const outcomes: Record<string, () => RequestChange> = {
    'people approve the later end of A': () => approve({}),
    'people approve less than was asked for': () =>
      approve({ durationMs: UNIT }),
    'people deny the later end of A': () =>
      rules.closed(view, { ...common, as: 'denied' }),
    'nobody decides about the later end of A in time': () =>
      rules.closed(view, { ...common, as: 'lapsed' }),
  };
  for (const [label, decide] of Object.entries(outcomes)) {
    const change = unlessRefused(() => {
      const { request, wishes } = decide();
      return { request, wish: wishes?.(lease, base.now) };
    });
    if (!change) {
      continue;
    }
    const { request, wish } = change;
    const state = copy();
    state.later = request.state === 'pending' ? later : undefined;
    if (wish && typeof slot !== 'string') {
      state.leases[0] = wish.lease;
      state.nextAt = state.now;
      state.turnAt = state.now;
    }
    const broken =
      request.state === 'approved'
        ? movesLater(lease, wish?.lease, { ...later, now: base.now })
        : undefined;
    emit({ label, state, calm: false, broken });
  }
}

function viewOf(lease: LeaseRecord, { from, byMs }: Later): RequestView {
  return {
    request: {
      id: 'later',
      state: 'pending',
      version: 1,
      kind: 'extend',
      extendsLeaseId: lease.id,
      requester: SOMEONE,
      subject: SOMEONE,
      breakGlass: false,
      steps: [],
      revision: 1,
      requestedAt: from,
      asked: {
        leases: [],
        leaseIds: [lease.id],
        extension: { from, byMs, profileHashes: ['hash'] },
      },
    },
    leases: [lease],
  };
}
