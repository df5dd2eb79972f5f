import { NotificationPayload } from '@backstage/plugin-notifications-common';
import { Notice } from './Notice';

const PAGE = '/just-in-time';

/** The notifications backend has room for so much; more would be refused for ever. */
const LONGEST_TITLE = 255;
const LONGEST_TEXT = 1_000;

/** A notice as Backstage sends it: plain text, and a link that is ours, whatever anybody wrote. */
export function toNotification(notice: Notice): NotificationPayload {
  return {
    title: plain(notice.title, LONGEST_TITLE),
    ...(notice.description && {
      description: plain(notice.description, LONGEST_TEXT),
    }),
    severity: notice.severity,
    scope: `jit:${notice.scope}`,
    topic: 'jit',
    link: linkOf(notice),
  };
}

/** Opens the lease it is about, for operators among everybody's; or the inbox, for who is to decide. */
function linkOf({ to, leaseId, opens, view }: Notice): string {
  const search = new URLSearchParams({
    ...(view && { view }),
    ...(to === 'operators' && { view: 'everything' }),
    ...(leaseId && { lease: leaseId }),
    ...(opens && { do: opens }),
  }).toString();
  return search ? `${PAGE}?${search}` : PAGE;
}

/**
 * One line without control characters: some processors take line breaks for headers. And without `<` and `>`, which read almost the same
 * otherwise: Backstage's mail takes the text for HTML (`NotificationsEmailProcessor` of plugin-notifications-backend-module-email 0.3.25), and
 * Slack's `<https://…|words>` for a link.
 */
function plain(text: string, longest: number): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
