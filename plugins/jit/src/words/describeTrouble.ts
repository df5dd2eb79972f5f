import { FINAL_LEASE_STATES, Lease } from '@backstage-jit/plugin-jit-common';
import { durationWords } from '../time';
import { Translate } from '../translation';

/** What stands in the way of a lease, in whole sentences: what is stuck, what went wrong, what happens next. */
export function describeTrouble(
  t: Translate,
  lease: Lease,
  now: number,
): string[] {
  const { attempts, blockers = [], lastError, stuck, state } = lease;
  const lines: string[] = [];
  if (stuck) {
    lines.push(t(stuckKey(lease)));
  }
  if (blockers.length) {
    lines.push(t('status.blockers', { blockers: blockers.join('; ') }));
  }
  const said = blockers.some(each => lastError?.message.includes(each));
  const matters = state !== 'revoked' || lease.endReason === 'failed';
  if (lastError && matters && !said) {
    lines.push(t('status.lastError', { message: lastError.message }));
  }
  if (attempts > 0 && !FINAL_LEASE_STATES.includes(state)) {
    lines.push(
      `${t('status.attempts', { count: attempts })}, ${nextTry(
        t,
        lease,
        now,
      )}.`,
    );
  }
  return lines;
}

function stuckKey({ state }: Lease) {
  switch (state) {
    case 'granting':
      return 'status.stuckGranting' as const;
    case 'revoking':
      return 'status.stuckRevoking' as const;
    default:
      return 'status.stuckOther' as const;
  }
}

function nextTry(t: Translate, lease: Lease, now: number): string {
  const wait = lease.nextActionAt ? Date.parse(lease.nextActionAt) - now : 0;
  return wait > 0
    ? t('status.nextTry', { duration: durationWords(t, wait) })
    : t('status.nextTryNow');
}
