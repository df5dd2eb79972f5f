/** Where a lease stands. */
export const status = {
  requested: 'Waiting for a decision',
  requestedSince: 'asked {{duration}} ago',
  or: 'or',
  scheduled: 'Starts {{time}}',
  scheduledIn: 'in {{duration}}, for {{length}}',
  starting: 'About to start',
  waitingForPart: 'Waits for the part before it',
  granting: 'Being set up…',
  active: '{{duration}} left',
  activeUntil: 'until {{time}}',
  overdue: 'Time is up. Ending…',
  endAsked: 'Ending…',
  revoking: 'Ending…',
  aliveUntil:
    'What is still open dies by itself at {{time}} at the latest, and is looked at again then.',
  closed: 'Over, and closed',
  keptUntil:
    'A last copy is kept until {{time}}. Nobody can get into it; then it is removed.',
  keptOver: 'The last copy was kept until {{time}}. It is being removed.',
  verified: 'Gone, verified {{time}}',
  verifiedFailed: 'Nothing of it is left, verified {{time}}',
  unverified: 'Taken back {{time}}, not verified',
  unverifiedWhy:
    'Nobody can look whether it is gone. What takes it back ran to its end, and that is all that is known.',
  keptShared:
    'This lease is over. The access itself stays, because another lease still uses it.',
  keptBefore:
    'This lease is over. What it gave was held before it began, and was left as it was.',
  overKept: 'Over since {{time}}',
  denied: 'Not granted',
  withdrawn: 'Withdrawn',
  lapsed: 'Lapsed: it was not started in time',
  lapsedUndecided: 'Lapsed: nobody decided in time',
  residual: 'What nobody can take back: {{residual}}',
  blockers: 'Still in the way: {{blockers}}',
  stuck: 'Stuck',
  stuckGranting:
    'It cannot be set up at the moment. The portal goes on trying, and the operators have been told.',
  stuckRevoking:
    'It cannot be ended at the moment, so it may still work. The portal goes on trying until it is gone, and the operators have been told.',
  stuckOther:
    'What should have happened to it is late. The portal goes on trying, and the operators have been told.',
  attempts_one: 'Tried {{count}} time',
  attempts_other: 'Tried {{count}} times',
  nextTry: 'next try in {{duration}}',
  nextLook: 'next look in {{duration}}',
  nextTryNow: 'trying again now',
  lastError: 'Last problem: {{message}}',
  via: 'through {{via}}',
} as const;

/** Why a lease ended. */
export const ended = {
  expired: 'Time was up',
  returned: 'Given back',
  ended: 'Ended by somebody else',
  idle: 'Ended because it was not used',
  failed: 'Could not be set up',
  denied: 'Somebody who decides said no',
  ineligible: 'The rules no longer allow it',
  offboarded: 'The person is no longer in the catalog',
  stopped: 'Stopped by an operator',
  budget: 'The budget was used up',
  'removed-outside': 'Removed outside the portal',
  resurrected: 'Was seen again after its end, and taken back once more',
  orphaned: 'Found without a lease, and taken back',
} as const;
