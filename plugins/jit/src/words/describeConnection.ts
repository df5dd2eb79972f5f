import { ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { formatInstant } from '../time';
import { Translate } from '../translation';

/** How a connection is, behind its name. */
export function describeConnection(
  t: Translate,
  { state, pausedUntil }: Pick<ConnectionHealth, 'state' | 'pausedUntil'>,
  now: number,
): string {
  switch (state) {
    case 'ok':
      return t('page.connectionOk');
    case 'paused':
      return pausedUntil
        ? t('page.connectionPaused', {
            time: formatInstant(pausedUntil, { now, seconds: true }),
          })
        : t('page.connectionPausedNow');
    case 'down':
      return t('page.connectionDown');
    case 'missing':
      return t('page.connectionMissing');
    case 'repointed':
      return t('page.connectionRepointed');
    default:
      return t('page.connectionUnhealthy');
  }
}
