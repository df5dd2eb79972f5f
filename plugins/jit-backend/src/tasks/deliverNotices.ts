import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { PeopleRule } from '../policy';
import { Ledger } from '../database/Ledger';
import { claimNotices } from '../database/operations/outbox/claimNotices';
import { deleteNotice } from '../database/operations/outbox/deleteNotice';
import { Notice } from '../notices/noticesFor';

const BATCH = 50;

/**
 * Sends the notices that are due, each at least once: one whose sending fails, or whose sender dies, comes round again. The scope lets the
 * receiver drop a second copy.
 *
 * @returns how many were sent
 */
export async function deliverNotices(options: {
  ledger: Ledger;
  notifications: NotificationService;
  operators: PeopleRule[];
  logger: LoggerService;
  signal?: AbortSignal;
}): Promise<number> {
  const { ledger, notifications, operators, logger, signal } = options;
  let sent = 0;
  for (;;) {
    const due = await claimNotices(ledger, { limit: BATCH });
    for (const { id, notice, attempts } of due) {
      signal?.throwIfAborted();
      try {
        await notifications.send({
          recipients: {
            type: 'entity',
            entityRef:
              notice.to === 'operators' ? refsOf(operators) : notice.to,
          },
          payload: payloadOf(notice),
        });
        await deleteNotice(ledger, id);
        sent += 1;
      } catch (error) {
        logger.warn('A notice could not be sent; it is tried again', {
          scope: notice.scope,
          attempts,
          error: (error as Error).name,
        });
      }
    }
    if (due.length < BATCH) {
      return sent;
    }
  }
}

function refsOf(rules: PeopleRule[]): string[] {
  return rules.flatMap(rule => (rule.kind === 'owner' ? [] : [rule.ref]));
}

function payloadOf(notice: Notice) {
  return {
    title: notice.title,
    description: notice.description,
    severity: notice.severity,
    scope: `jit:${notice.scope}`,
    topic: 'jit',
    link: '/just-in-time',
  };
}
