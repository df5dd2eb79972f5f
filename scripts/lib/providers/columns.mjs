/** What is asked of each provider, in the order of the table. */
export const COLUMNS = [
  { id: 'grant', title: 'Grant' },
  { id: 'use', title: 'Use' },
  { id: 'extend', title: 'Extend' },
  { id: 'earlyEnd', title: 'Early end kills live use' },
  { id: 'expiry', title: 'Expiry' },
  { id: 'overlap', title: 'Overlap' },
  { id: 'standing', title: 'Standing' },
  { id: 'drift', title: 'Drift, both ways' },
  { id: 'crash', title: 'Crash points' },
  { id: 'rateLimit', title: '429' },
];
