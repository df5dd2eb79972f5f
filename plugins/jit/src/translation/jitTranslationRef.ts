import {
  createTranslationRef,
  TranslationFunction,
} from '@backstage/core-plugin-api/alpha';
import { decided, inbox, progress } from './messages/approval';
import { offer, request } from './messages/ask';
import { breakGlass } from './messages/breakGlass';
import { bundle } from './messages/bundle';
import { context } from './messages/context';
import { environment } from './messages/environment';
import { extension } from './messages/extension';
import { forecast } from './messages/forecast';
import { credentials, drawer, endDialog, event, lease } from './messages/lease';
import { life, saved } from './messages/life';
import { announce, filter, page, presence, tab } from './messages/pages';
import { problem } from './messages/problem';
import { protect } from './messages/protect';
import { restore } from './messages/restore';
import { ended, status } from './messages/status';
import { time } from './messages/time';
import { trail } from './messages/trail';

/**
 * Every text of the plugin, in English, to be translated by the app.
 *
 * @alpha
 */
export const jitTranslationRef = createTranslationRef({
  id: 'plugin.jit',
  messages: {
    announce,
    breakGlass,
    bundle,
    context,
    credentials,
    decided,
    drawer,
    ended,
    endDialog,
    environment,
    event,
    extension,
    filter,
    forecast,
    inbox,
    lease,
    life,
    offer,
    page,
    presence,
    problem,
    progress,
    protect,
    request,
    restore,
    saved,
    status,
    tab,
    time,
    trail,
  },
});

export type Translate = TranslationFunction<typeof jitTranslationRef.T>;
