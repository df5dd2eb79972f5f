/** What people decide about a request, for who asked and for who decides. */
export const progress = {
  waitingFor: 'Waiting for {{missing}} of {{of}} from {{approvers}}',
  then: 'then',
  lapsesIn: 'lapses in {{duration}}',
  steps: 'Who decides',
  done: 'approved',
  denied: 'denied',
  skipped: 'skipped in an emergency',
  open: '{{missing}} of {{of}} still to approve',
  since: 'for {{duration}}',
  ahead: 'after that',
  notAsked: 'not asked any more',
  escalated: 'Nobody answered, so more people can since {{time}}.',
  canDecide: 'Can decide:',
  approvedAt: 'approved {{time}}',
  deniedAt: 'said no {{time}}',
  offered: 'Approved by {{who}}, up to {{duration}}',
} as const;

/** The lines that decisions leave in a history. */
export const decided = {
  given: 'Approved by one who decides',
  onlyFor: 'For {{duration}} only',
  notBefore: 'Not before {{time}}',
  rulesChanged: 'The rules changed: everybody decides anew',
} as const;
