import {
  AuditorService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { NotAllowedError } from '@backstage/errors';
import { AuditedCall } from '../audit/AuditedCall';
import { Caller } from '../rights/Caller';
import { CallerFactory } from '../rights/CallerFactory';
import { toOwnWords } from '../router/ownWordsOnly';

/** Stands for what calls in the name of a person, when it does not say which plugin it is. */
export const VIA_ACTIONS = 'actions';

/** A call of an action, for the auditor. */
export interface AgentCall {
  action: string;
  audit: AuditedCall;
  /** What the auditor is told besides. */
  meta: JsonObject;
  credentials: BackstageCredentials;
}

/** Makes the calls of actions as those of the REST API are made: by a person, told to the auditor, answered in our own words. */
export class AgentCalls {
  readonly #callers: CallerFactory;
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  constructor(options: {
    callers: CallerFactory;
    auditor: AuditorService;
    logger: LoggerService;
  }) {
    this.#callers = options.callers;
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /** @throws NotAllowedError for a caller that acts for nobody */
  async make<TResult>(
    call: AgentCall,
    act: (caller: Caller) => Promise<TResult>,
  ): Promise<TResult> {
    const { audit, meta, credentials, action } = call;
    try {
      const caller = this.#callerOf(credentials, {
        readOnly: audit.severityLevel === 'low',
      });
      const event = await this.#auditor.createEvent({
        eventId: audit.eventId,
        severityLevel: audit.severityLevel,
        meta: {
          ...meta,
          action,
          actor: caller.actor,
          via: caller.via ?? VIA_ACTIONS,
        },
      });
      const result = await act(caller).catch(async error => {
        const refusal = toOwnWords(error, this.#logger);
        await event.fail({ error: refusal });
        throw refusal;
      });
      await event.success();
      return result;
    } catch (error) {
      throw toOwnWords(error, this.#logger);
    }
  }

  #callerOf(
    credentials: BackstageCredentials,
    options: { readOnly: boolean },
  ): Caller {
    const caller = this.#callers.fromCredentials(credentials, {
      ...options,
      via: VIA_ACTIONS,
      isAgent: true,
    });
    if (caller.user === undefined) {
      throw new NotAllowedError('An action acts in the name of a person');
    }
    return caller;
  }
}
