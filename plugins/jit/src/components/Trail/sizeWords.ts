import { Translate } from '../../translation';

/** A size in characters, in begun kilobytes or tenths of megabytes. */
export function sizeWords(t: Translate, size: number): string {
  return size < 1_000_000
    ? t('trail.kilobytes', { n: String(Math.ceil(size / 1_000)) })
    : t('trail.megabytes', { n: (size / 1_000_000).toFixed(1) });
}
