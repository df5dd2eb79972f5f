import { LoggerService } from '@backstage/backend-plugin-api';
import { ZodType } from 'zod';

/**
 * The lease that is asked for, as a context source sees it. Whether the subject may have it at all is decided already.
 *
 * @public
 */
export interface ContextQuestion {
  profileId: string;
  /** Who would receive it: the entity ref of a User. */
  subject: string;
  /** The target, by its entity ref. */
  entityRef?: string;
  /** At most 1,000 characters. Written by who asks, as are the groups. */
  reason?: string;
  /** The named groups of the profile's `reason.pattern` that matched. */
  reasonGroups: Record<string, string>;
}

/** @public */
export interface ContextAnswer {
  /** True when it is granted without a decision by a person. */
  satisfied: boolean;
  /** For people, and kept in the trail: at most 200 characters are shown. Never holds a secret. */
  why: string;
}

/**
 * A condition from outside the catalog under which a lease is granted at once: somebody is on call, a ticket is open. Named in
 * `approval.auto` of a profile; each entry of `jit.contextSources` is one of a type.
 *
 * @public
 */
export interface JitContextSource<TSettings = unknown> {
  /** As in `jit.contextSources.<name>.type`: `on-call`. */
  readonly type: string;
  /** Reads what else stands there. What it refuses stops the start. */
  readonly settingsSchema: ZodType<TSettings>;
  /** The named groups that it needs of the `reason.pattern` of profiles that use it. */
  readonly reasonGroups?: string[];
  /**
   * Asked when somebody asks for a lease or tries to, and at approvals. Changes nothing. Whatever is thrown, and no answer within 5 seconds,
   * is not satisfied.
   */
  check(
    question: ContextQuestion,
    context: {
      settings: TSettings;
      /** Aborted when the time is over. */
      signal: AbortSignal;
      logger: LoggerService;
    },
  ): Promise<ContextAnswer>;
}
