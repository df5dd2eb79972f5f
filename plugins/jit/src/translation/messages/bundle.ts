/** Several leases that are asked for and end as one. */
export const bundle = {
  asOne_one: '{{count}} part',
  asOne_other: '{{count}} parts, granted in their order and ended as one',
  parts: 'Parts of {{title}}',
} as const;
