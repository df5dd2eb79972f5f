/**
 * An amount in the reader's own way of writing; as it is where the currency is none that the browser knows.
 *
 * @param amount - a decimal number as text, such as `0.35`
 */
export function formatMoney(amount: string, currency: string): string {
  try {
    return Number(amount).toLocaleString(undefined, {
      style: 'currency',
      currency,
      maximumFractionDigits: 4,
    });
  } catch {
    return `${amount} ${currency}`;
  }
}
