import { Lease } from '@backstage-jit/plugin-jit-common';
import { durationWords, formatInstant } from '../../time';
import { Translate } from '../../translation';
import { timeLeftMs } from '../../words';

const MINUTE = 60_000;

/** The amounts of time left that are worth telling. */
const MARKS_MS = [60, 15, 5, 1].map(minutes => minutes * MINUTE);

/** Which stretch between two moments a lease is in. */
export function momentOf(lease: Lease, now: number): string {
  const left = timeLeftMs(lease, now);
  if (left === undefined) {
    return lease.state;
  }
  if (left === 0) {
    return 'over';
  }
  return `left:${MARKS_MS.filter(mark => left <= mark).length}`;
}

/** What is told when a lease has come into a stretch; undefined for those that need no word. */
export function tellMoment(
  t: Translate,
  options: { lease: Lease; before: string; moment: string; now: number },
): string | undefined {
  const { lease, before, moment, now } = options;
  const title = lease.profileTitle;
  if (moment.startsWith('left') && !before.startsWith('left')) {
    return t('announce.active', { title });
  }
  switch (moment) {
    case 'over':
      return t('announce.over', { title });
    case 'revoking':
      return t('announce.ending', { title });
    case 'denied':
    case 'lapsed':
      return t('announce.refused', { title });
    case 'revoked': {
      if (lease.verified === false) {
        return t('announce.takenBack', { title });
      }
      const time = formatInstant(lease.verifiedAt ?? now, {
        now,
        seconds: true,
      });
      return t('announce.gone', { title, time });
    }
    default: {
      const left = timeLeftMs(lease, now);
      return left === undefined
        ? undefined
        : t('announce.left', { title, duration: durationWords(t, left) });
    }
  }
}
