/** When environments lived, and what that cost and saved. */
export const life = {
  title: 'When they lived',
  zoom: 'How far back',
  days_one: '{{count}} day',
  days_other: '{{count}} days',
  table: 'Environments and when they lived',
  what: 'Environment',
  when: 'When it lived',
  since: 'Since {{begin}}, {{duration}} so far',
  until: '{{begin}} to {{end}}, {{duration}}',
  unverified: '{{begin}} to {{end}}, {{duration}}; not seen to be gone',
  none: 'None lived in this time.',
  more_one: 'Show {{count}} more',
  more_other: 'Show {{count}} more',
  cut: 'Only the newest {{n}} leases are drawn.',
} as const;

export const saved = {
  title: 'Cost and savings of those',
  text: 'By the prices that their profiles state. The numbers are not to be added up: each answers another question.',
  cost: 'Cost so far',
  costHow: 'Each hour that one was there.',
  reclaimed: 'Reclaimed by an early end',
  reclaimedHow: 'The hours that were left on its clock.',
  avoided: 'Avoided',
  avoidedHow:
    'Against how long one like it would have stayed: {{durations}}, as the profile says. Only what is gone counts.',
  and: 'and',
} as const;
