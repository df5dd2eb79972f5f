const MICROS = 1_000_000n;

/** An amount of money as people write it: digits, and up to six after the point. */
const AMOUNT = /^(\d{1,9})(?:\.(\d{1,6}))?$/;

/** @returns undefined for what is no amount of money */
export function readAmount(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && AMOUNT.test(text)
    ? formatAmount(toMicros(text))
    : undefined;
}

/** @throws Error for what {@link readAmount} does not let through: a programming error */
export function toMicros(amount: string): bigint {
  const [, whole, fraction = ''] = AMOUNT.exec(amount) ?? [];
  if (whole === undefined) {
    throw new Error('That is no amount of money');
  }
  return BigInt(whole) * MICROS + BigInt(fraction.padEnd(6, '0'));
}

/** `0.12`, `20.00`, `3.000004`: two digits after the point, or as many as it takes. */
export function formatAmount(micros: bigint): string {
  const fraction = String(micros % MICROS)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${micros / MICROS}.${fraction}`;
}
