/** What context sources say: on-call lists, tickets, and whatever else can grant at once. */
export const context = {
  grants: 'At once by {{source}}: {{why}}',
  doesNot: 'Not at once by {{source}}: {{why}}',
} as const;
