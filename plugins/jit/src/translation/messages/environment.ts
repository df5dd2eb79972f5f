/** What is said of infrastructure beside its state. */
export const environment = {
  facts: 'How to reach it',
  lastUsed: 'Last used {{duration}} ago',
  usedJustNow: 'In use now',
  notUsed: 'Not used yet, as far as can be seen',
  idleEnd: 'ends {{time}} if it is not used until then',
  idleSoon: 'Nobody uses it: it ends in {{duration}}, unless it is used',
  idleSoonOr:
    'Nobody uses it: it ends in {{duration}}, unless it is used or protected',
  protectedUntil: 'Protected until {{time}}',
  cost: '{{amount}} so far, {{perHour}} an hour',
  costEnded: 'It cost {{amount}}',
  budget: 'of at most {{budget}}',
  reclaimed: 'Ended {{duration}} before its time: {{amount}} reclaimed',
  avoided:
    'Avoided, against {{duration}} that one like it would have stayed: {{amount}}',
  wouldSpare: 'The time that it has left would cost {{amount}}.',
  budgetEnd: 'The budget is used up {{time}}: it ends then',
  provisional:
    'It stays once what it was made for has been done, and ends if that fails.',
  provisionalUnknown:
    'It was made for something that nobody can tell about at the moment. That ends nothing.',
  empty: 'No environment lives at the moment',
  emptyHow:
    'What is made for a while, a database for a branch for example, stands here while it lives: what it costs, when it ends, how to reach it. Ask for one on the Access tab of an entity, or by a template.',
  lives: 'Alive and on their way',
} as const;
