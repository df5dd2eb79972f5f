/** Going in without approval in an emergency, and what others find afterwards. */
export const breakGlass = {
  mark: 'Break-glass',
  entry:
    'Is it an emergency? You can go in at once, without approval. Others are told, and look at it afterwards.',
  button: 'Break the glass…',
  buttonOf: 'Break the glass for {{title}}',
  emergency: 'In an emergency',
  catalogAway:
    'The catalog does not answer, so it cannot be asked who may have what: all is closed but this. In an emergency you can go in at once, by who was in the groups for it at {{time}}.',
  byCopy:
    'The catalog does not answer. You are let in by who was in the groups for an emergency at {{time}}; the history says so.',
  title: 'Break the glass: {{title}}',
  text: 'You go in at once. Approval is skipped, and nothing else: what you do is written down, and more time takes an approval.',
  told: 'Told at once, with your reason:',
  toldOperators: 'the operators',
  toldOthers: 'the owners, and everybody who would have decided',
  and: 'and',
  reviewBy: 'Somebody else has to review it by {{time}}.',
  reviewMissed:
    'When nobody does, you cannot break the glass again before it is done.',
  reason: 'What is the emergency?',
  confirm:
    'It is an emergency. I know that others are told, and will ask me about it.',
  submit: 'Break the glass',
  submitting: 'Breaking the glass…',
  cancel: 'Cancel',
  reviewDue: 'Somebody else has to review it by {{time}}.',
  reviewOverdue:
    'Nobody has reviewed it in time. Until somebody does, who went in cannot break the glass again.',
  undelivered:
    'Somebody who has to know of it has not been told since {{time}}. The portal goes on trying.',
  reviewedBy: 'Reviewed {{time}} by',
  because: 'Reason: {{reason}}',
  reviews: 'Reviews due',
  reviewsHow:
    'Somebody went in without approval. Look at what was done, and say what you found: nobody reviews their own.',
  review: 'Review…',
  reviewOf: 'Review {{title}} of {{subject}}',
  reviewTitle: 'Review {{title}} of {{subject}}',
  reviewText:
    'It says that you have looked at what was done. It cannot be taken back.',
  comment: 'What did you find?',
  commentMissing: 'Say what you found: it goes into the history.',
  reviewed: 'Reviewed',
  eventTold: 'All were told',
  eventReviewDue: 'Its review is due soon',
  eventReviewMissed: 'Its review was missed',
  eventReviewed: 'Reviewed',
} as const;
