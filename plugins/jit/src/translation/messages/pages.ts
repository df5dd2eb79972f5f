export const tab = {
  yours: 'Your leases',
  noneYours: 'You hold nothing here at the moment.',
  past: 'All of your leases here, past ones too',
} as const;

export const presence = {
  title: 'Who is in now',
  nobody: 'Nobody is in at the moment.',
  request: 'Request',
  requestOf: 'Request access to {{name}}',
  more_one: 'and {{count}} more',
  more_other: 'and {{count}} more',
  you: 'You',
} as const;

export const page = {
  title: 'Just-in-time',
  subtitle: 'What you hold for a while',
  views: 'Views',
  mine: 'Mine',
  environments: 'Environments',
  everything: 'Everything',
  live: 'Live',
  waiting: 'Waiting',
  pastOnes: 'Past',
  showMore: 'Show more',
  showingMore: 'Getting more…',
  shown_one: '{{count}} lease',
  shown_other: '{{count}} leases',
  shownSome_one: '{{count}} lease, and there are more',
  shownSome_other: 'The newest {{count}} leases; there are more',
  emptyMine: 'You have leased nothing yet',
  emptyMineHow:
    'Open something in the catalog, a database for example. Its Access tab says what you can have there, for how long, and asks for it in two clicks.',
  openCatalog: 'Open the catalog',
  emptyFilter: 'No lease fits these filters',
  emptyFilterHow: 'Take a filter away to see more.',
  clearFilters: 'Clear the filters',
  emptyEverything: 'Nobody has leased anything yet',
  emptyEverythingHow:
    'Every lease of everybody will be here. People ask on the Access tab of an entity that a profile in jit.profiles names.',
  stuck: 'Stuck',
  stuckHow: 'These need somebody to look. The portal goes on trying by itself.',
  connections: 'Connections',
  connectionLeases_one: '{{count}} lease',
  connectionLeases_other: '{{count}} leases',
  connectionOk: 'works',
  connectionPaused: 'paused until {{time}}',
  connectionPausedNow: 'paused',
  connectionDown: 'does not answer',
  connectionUnhealthy: 'answers, but is not as it should be',
  connectionMissing: 'is no longer in the config',
  connectionRepointed: 'is now another system than the one its leases are on',
} as const;

export const filter = {
  label: 'Filters',
  kind: 'Kind',
  anyKind: 'Any kind',
  access: 'Access',
  infrastructure: 'Infrastructure',
  target: 'Target',
  state: 'State',
  anyState: 'Any state',
  subject: 'Person',
  subjectHelp: 'Such as user:default/jane.doe',
  targetHelp: 'Such as resource:default/orders-db',
  requested: 'Waiting for a decision',
  approved: 'Starting or scheduled',
  granting: 'Being set up',
  active: 'Live',
  revoking: 'Ending',
  revoked: 'Ended',
  denied: 'Not granted',
  withdrawn: 'Withdrawn',
  lapsed: 'Lapsed',
} as const;

/** What a screen reader is told politely when it happens. */
export const announce = {
  left: '{{title}}: {{duration}} left',
  over: '{{title}}: time is up',
  active: '{{title}} is ready to use',
  ending: '{{title}} is ending',
  gone: '{{title}} is gone, verified {{time}}',
  takenBack: '{{title}} was taken back, not verified',
  refused: '{{title}} was not granted',
} as const;
