const MICROS = 1_000_000;

/**
 * Amounts added up by currency without a loss.
 *
 * @param amounts - decimal numbers as text with up to six digits after the point, such as `0.35`
 * @returns a sum for each currency, in the order in which they come
 */
export function sumMoney(
  amounts: Array<{ amount: string; currency: string }>,
): Array<{ amount: string; currency: string }> {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) {
    // Whole millionths are exact up to nine milliards.
    const micros = Math.round(Number(amount) * MICROS);
    sums.set(currency, (sums.get(currency) ?? 0) + micros);
  }
  return [...sums].map(([currency, micros]) => ({
    amount: String(micros / MICROS),
    currency,
  }));
}
