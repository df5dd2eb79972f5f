import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { PeopleRule } from '../policy';
import { Ledger } from '../database/Ledger';
import { claimNotices } from '../database/operations/outbox/claimNotices';
import { deleteNotice } from '../database/operations/outbox/deleteNotice';
import { Notice } from '../notices/Notice';
import { toNotification } from '../notices/toNotification';

const BATCH = 50;

/** What nobody was told of in a day is no news any more. That somebody went in without approval always is. */
const TRIED_FOR_MS = 24 * 3_600_000;

/** Who owns a target whose word the profile takes. */
export type FindOwners = (
  target: NonNullable<Notice['target']>,
) => Promise<string[]>;

/**
 * Sends the notices that are due, each at least once: one whose sending fails, or whose sender dies, comes round again: for a day, and that of a
 * broken glass for as long as it takes. The scope lets the receiver drop a second copy.
 *
 * @returns how many were sent
 */
export async function deliverNotices(options: {
  ledger: Ledger;
  notifications: NotificationService;
  operators: PeopleRule[];
  findOwners: FindOwners;
  logger: LoggerService;
  signal?: AbortSignal;
}): Promise<number> {
  const { ledger, notifications, logger, signal } = options;
  let sent = 0;
  for (;;) {
    const due = await claimNotices(ledger, { limit: BATCH });
    for (const { id, notice, attempts, ageMs } of due) {
      signal?.throwIfAborted();
      try {
        const entityRef = await recipientsOf(notice, options);
        if (entityRef.length) {
          await notifications.send({
            recipients: {
              type: 'entity',
              entityRef,
              ...(notice.except && { excludeEntityRef: notice.except }),
            },
            payload: toNotification(notice),
          });
          sent += 1;
        }
        await deleteNotice(ledger, id);
      } catch (error) {
        const about = {
          scope: notice.scope,
          attempts,
          error: (error as Error).name,
        };
        if (ageMs > TRIED_FOR_MS && notice.breakGlassOf === undefined) {
          await deleteNotice(ledger, id);
          logger.error('A notice could not be sent for a day: given up', about);
        } else {
          logger.warn('A notice could not be sent; it is tried again', about);
        }
      }
    }
    if (due.length < BATCH) {
      return sent;
    }
  }
}

async function recipientsOf(
  { to, target }: Notice,
  options: { operators: PeopleRule[]; findOwners: FindOwners },
): Promise<string[]> {
  switch (to) {
    case 'operators':
      return options.operators.flatMap(rule =>
        rule.kind === 'owner' ? [] : [rule.ref],
      );
    case 'owners':
      return target ? await options.findOwners(target) : [];
    default:
      return to;
  }
}
