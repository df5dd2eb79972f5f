/** What can be done with a lease, and what a row says beside its state. */
export const lease = {
  credentials: 'Credentials',
  credentialsOf: 'Credentials of {{title}}',
  extend: 'Extend',
  extendOf: 'Extend {{title}}',
  extendBy: '{{duration}} more, until {{time}}',
  extendLongest: 'As long as possible, until {{time}}',
  done: 'I’m done',
  doneOf: 'I’m done with {{title}}',
  withdraw: 'Withdraw',
  withdrawOf: 'Withdraw {{title}}',
  end: 'End',
  endOf: 'End {{title}} of {{subject}}',
  retry: 'Retry now',
  retryOf: 'Retry now: {{title}} of {{subject}}',
  history: 'History',
  historyOf: 'History of {{title}}',
} as const;

export const endDialog = {
  title: 'End somebody else’s lease?',
  text: '{{subject}} loses {{title}} at once, live sessions too.',
  goesText:
    '{{title}} of {{subject}} is taken down, with everything that is in it. That cannot be undone.',
  why: 'Why (they will read it)',
  ownTitle: 'End it, with everything in it?',
  ownText:
    '{{title}} is taken down, with everything that is in it. That cannot be undone.',
  ownWhy: 'Why (if you like)',
  confirm: 'End it',
  cancel: 'Leave it',
} as const;

export const credentials = {
  title: 'Credentials for {{title}}',
  once: 'Shown this once and kept nowhere. Leaving this page forgets them; asking again makes new ones, and these may then stop to work.',
  worksUntil:
    'They work until {{time}}: {{duration}} left. That is before the lease ends; ask for new ones then.',
  ends: 'They work until the lease ends, at {{time}} as it stands: {{duration}} left.',
  forms: 'Forms to paste',
  copy: 'Copy',
  copyOf: 'Copy {{title}}',
  copied: 'Copied',
  copyFailed:
    'Select the text and copy it by hand: the browser did not let us.',
  forget: 'Forget them now',
  making: 'Making fresh credentials…',
  none: 'There is nothing to paste: your access works with how you sign in there anyway.',
  over: 'This lease is over. Its credentials work no longer and were forgotten here.',
  close: 'Close',
} as const;

export const drawer = {
  close: 'Close',
  events: 'History',
  noEvents: 'Nothing has been written down yet.',
  subject: 'For',
  requester: 'Asked by',
  reason: 'Reason',
  duration: 'Length',
  asked: 'Asked',
  starts: 'Starts',
  granted: 'Set up',
  expires: 'Ends',
  endAsked: 'End asked for',
  ended: 'Ended',
  verified: 'Seen to be gone',
  profile: 'Profile',
  system: 'System',
  extensions: 'Extensions left',
  extensionsUntil: '{{n}}, until {{time}} at the latest',
  id: 'Lease',
  automatic: 'by itself',
} as const;

/** The kinds of lines in a history. */
export const event = {
  requested: 'Asked for',
  approved: 'Approved',
  denied: 'Not granted',
  withdrawn: 'Withdrawn',
  lapsed: 'Lapsed',
  granting: 'Set-up began',
  active: 'Ready to use',
  extended: 'Extended',
  extendedTo: 'Extended: ends {{to}} instead of {{from}}',
  endAsked: 'The end was asked for',
  retryAsked: 'Another try was asked for',
  revoking: 'Ending began',
  revoked: 'Seen to be gone',
  revokedKept: 'Over; what it gave stays',
  revokedUnverified: 'Taken back; nobody can look whether it is gone',
  stuck: 'Stuck: the operators were told',
  attemptFailed: 'A try failed',
  lookedUp: 'Looked up what was held before: nothing',
  lookedUpHeld: 'Looked up what was held before: it was held already',
  revokeReport: 'What was cleaned up',
  credentials: 'Credentials were made',
} as const;
