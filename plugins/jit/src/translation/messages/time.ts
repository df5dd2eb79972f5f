export const time = {
  seconds: '{{n}} s',
  minutes: '{{n}} min',
  hours: '{{n}} h',
  days: '{{n}} d',
  left: '{{duration}} left',
  clockAhead:
    'The clock of this computer is {{duration}} fast. What is left is counted by the portal’s clock; times of day are shown in your time zone.',
  clockBehind:
    'The clock of this computer is {{duration}} slow. What is left is counted by the portal’s clock; times of day are shown in your time zone.',
} as const;
