import {
  createTranslationRef,
  TranslationFunction,
} from '@backstage/core-plugin-api/alpha';
import { offer, request } from './messages/ask';
import { environment } from './messages/environment';
import { credentials, drawer, endDialog, event, lease } from './messages/lease';
import { announce, filter, page, presence, tab } from './messages/pages';
import { problem } from './messages/problem';
import { ended, status } from './messages/status';
import { time } from './messages/time';

/**
 * Every text of the plugin, in English, to be translated by the app.
 *
 * @alpha
 */
export const jitTranslationRef = createTranslationRef({
  id: 'plugin.jit',
  messages: {
    announce,
    credentials,
    drawer,
    ended,
    endDialog,
    environment,
    event,
    filter,
    lease,
    offer,
    page,
    presence,
    problem,
    request,
    status,
    tab,
    time,
  },
});

export type Translate = TranslationFunction<typeof jitTranslationRef.T>;
