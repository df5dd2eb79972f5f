/** What a dry run says before anything is asked for, and for whom it is. */
export const forecast = {
  atOnceFor: 'They get this at once.',
  atOnceLaterFor: 'They get this by itself when it starts.',
  decided_one: 'Not at once: {{count}} person will be notified, and decides.',
  decided_other:
    'Not at once: {{count}} people will be notified, and some decide.',
  decidedMany:
    'Not at once: more than {{n}} people will be notified, and some decide.',
  steps: 'Who decides',
  stepsInOrder: 'Who decides, one after the other',
  decides: 'decides',
  someDecide: '{{n}} of these decide:',
  or: 'or',
  more_one: 'and {{count}} more',
  more_other: 'and {{count}} more',
  lapses: 'It lapses when that takes longer than {{duration}}.',
  subject: 'For whom',
  me: 'For me',
  colleague: 'For a colleague',
  colleagueRef: 'Colleague',
  colleagueHelp: 'A user of the catalog, such as {{example}}',
  colleagueMissing: 'Choose who shall have it.',
  colleagueConsent: 'They have to agree before anything else happens.',
  askForColleague: 'For a colleague…',
  askForColleagueOf: 'Ask for {{title}} for a colleague',
} as const;
