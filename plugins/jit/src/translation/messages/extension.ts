/** A later end that people decide about. */
export const extension = {
  ask: 'Ask for {{duration}} more, until {{time}}',
  text: 'Until {{time}}, once people have approved. Until they have, it ends at {{before}} as before.',
  reason: 'Reason',
  cancel: 'Cancel',
  confirm: 'Ask',
  waiting: 'Waiting for approval of {{duration}} more, until {{time}}',
  withdraw: 'Do not ask any more',
  withdrawOf: 'Do not ask any more for a later end of {{title}}',
  wants: 'wants',
  wantsFor: 'wants for',
  more: '{{duration}} more, until {{time}}',
  title: '{{duration}} more of {{title}}',
  asked: 'A later end was asked for',
  denied: 'The later end was denied',
  withdrawn: 'The later end is not asked for any more',
  lapsed: 'Nobody had decided about the later end in time',
} as const;
