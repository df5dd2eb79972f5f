import { Entity } from '@backstage/catalog-model';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import {
  ContextFinding,
  RequestedLease,
} from '@backstage-jit/plugin-jit-common';
import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { ContextSources } from '../context/ContextSources';
import { utcMinute } from '../leases/utcMinute';
import {
  ApprovalDecision,
  BreakGlassCopy,
  contextSourcesOf,
  decideApproval,
  decideBreakGlass,
  decideEligibility,
  decideExtension,
  decideOnBehalf,
  isTrustedTarget,
  OnBehalfDecision,
  ownersOf,
  PeopleRule,
  Profile,
  pinSubjectProfile,
  ProfileRegistry,
  readReason,
  refusalSentence,
  Subject,
} from '../policy';
import { namedGroups } from '../policy/patterns';
import { CONSENT, rulesOfSteps } from './approval/stepsOf';
import { RequestedPart } from './RequestDraft';

/** That a later end of a lease is asked for. */
export interface Extending {
  /** Whether the lease is one for which eligibility was skipped. */
  breakGlass: boolean;
}

/** That somebody may ask for who receives it, and how. */
export type AllowedOnBehalf = Extract<OnBehalfDecision, { allowed: true }>;

/**
 * Decides about one lease of a request all that needs only config and what was looked up in the catalog.
 */
export class PartDecider {
  readonly #profiles: ProfileRegistry;
  readonly #contextSources: Pick<ContextSources, 'ask'>;
  readonly #operators: PeopleRule[];

  constructor(options: {
    profiles: ProfileRegistry;
    contextSources: Pick<ContextSources, 'ask'>;
    operators: PeopleRule[];
  }) {
    this.#profiles = options.profiles;
    this.#contextSources = options.contextSources;
    this.#operators = options.operators;
  }

  /**
   * @throws NotAllowedError naming the rule, InputError naming the field, ServiceUnavailableError for a profile that is closed
   */
  async decide(options: {
    profileId: string;
    entityRef?: string;
    durationMs: number;
    parameters: RequestedLease['parameters'];
    restores?: string;
    reason: string | undefined;
    target: Entity | undefined;
    subject: Subject | undefined;
    subjectRef: string;
    onBehalf: AllowedOnBehalf | undefined;
    byAgent: boolean;
    breakGlass: boolean;
    extending: Extending | undefined;
    /** By what it is decided while the catalog is away. */
    copy?: BreakGlassCopy;
  }): Promise<RequestedPart> {
    const { profileId, entityRef, durationMs, target, subject, onBehalf } =
      options;
    const profile = this.#profiles.get(profileId)!;
    const { breakGlass, byAgent, extending, copy } = options;
    const reason = readReason({
      rules: breakGlass
        ? { ...profile.reason, required: true }
        : profile.reason,
      reason: options.reason,
    });
    if (!subject) {
      throw new NotAllowedError(
        `${options.subjectRef} is not a User of the catalog`,
      );
    }
    if (copy) {
      await this.#assertOpenByCopy(profileId, copy);
    }
    const judge =
      breakGlass || extending?.breakGlass
        ? decideBreakGlass
        : decideEligibility;
    const eligibility = judge({ profile, subject, target });
    if (!eligibility.eligible) {
      throw this.#refusal(profileId, eligibility.rule);
    }
    const provider = this.#profiles.providerOf(profile);
    const { subjectFields } = provider;
    const subjectProfile = pinSubjectProfile({
      fields: subjectFields,
      profile: subject.profile,
    });
    if (subjectFields && !subjectProfile) {
      throw this.#refusal(
        profileId,
        `${profile.title} needs ${describeFields(subjectFields)} of ${
          subject.ref
        } from the catalog, out of a location that jit.people.trustedLocations names`,
      );
    }
    const decide = extending ? decideExtension : decideApproval;
    const byPeople = decide({ profile, subject, target });
    if (byPeople.by === 'nobody' && !breakGlass) {
      throw this.#refusal(profileId, byPeople.rule);
    }
    const pinned = this.#profiles.pin({
      profileId,
      target,
      parameters: options.parameters,
    });
    const closed = copy ? undefined : await this.#profiles.lookAgain(profileId);
    if (closed) {
      throw isClosed(profileId, closed);
    }
    const context =
      byPeople.by === 'rule' || breakGlass || extending
        ? undefined
        : await this.#askContext(profile, { ...options, subject, reason });
    const approval: ApprovalDecision = context
      ? decideApproval({ profile, subject, target, context })
      : byPeople;
    if (approval.by === 'nobody' && !breakGlass) {
      throw this.#refusal(profileId, approval.rule);
    }
    return {
      owners:
        target && isTrustedTarget({ targets: profile.targets, target })
          ? ownersOf(target)
          : [],
      pinned,
      provider,
      subjectProfile,
      entityRef,
      durationMs,
      reason,
      context,
      restores: options.restores,
      rule: [
        eligibility.rule,
        ...(approval.by === 'rule' && !breakGlass ? [approval.rule] : []),
        ...(onBehalf ? [onBehalf.rule] : []),
        ...(copy
          ? [`by the catalog of ${utcMinute(copy.takenAt)}, which is away`]
          : []),
      ].join(', '),
      steps: [
        ...(onBehalf?.consent || (byAgent && !profile.agents) ? [CONSENT] : []),
        ...rulesOfSteps({
          // In an emergency those of whom nothing was asked are told.
          steps:
            approval.by === 'people' || breakGlass
              ? profile.approval.steps
              : [],
          targets: profile.targets,
          entityRef,
        }),
      ],
    };
  }

  /**
   * Whoever may not ask for somebody is not told either whether that one could have it.
   *
   * @throws NotAllowedError naming the rule
   */
  allowOnBehalf(options: {
    profileId: string;
    asker: Subject;
    target: Entity | undefined;
  }): AllowedOnBehalf {
    const { profileId, ...people } = options;
    const profile = this.#profiles.get(profileId)!;
    const decision = decideOnBehalf({ profile, ...people });
    if (!decision.allowed) {
      throw this.#refusal(profileId, decision.rule);
    }
    return decision;
  }

  /** Before anything is decided by a target of which nothing but the name is known. */
  async #assertOpenByCopy(
    profileId: string,
    copy: BreakGlassCopy,
  ): Promise<void> {
    const closed = await this.#profiles.closedByCopy(profileId, copy);
    if (closed) {
      throw isClosed(profileId, closed);
    }
  }

  /** Only of whom nothing else keeps out: the answers come from outside systems. */
  async #askContext(
    profile: Profile,
    asked: { subject: Subject; entityRef?: string; reason?: string },
  ): Promise<ContextFinding[] | undefined> {
    const names = contextSourcesOf(profile.approval);
    if (names.length === 0) {
      return undefined;
    }
    const { subject, entityRef, reason } = asked;
    const { pattern } = profile.reason;
    return await this.#contextSources.ask(names, {
      profileId: profile.id,
      subject: subject.ref,
      entityRef,
      reason,
      reasonGroups: pattern && reason ? namedGroups(pattern, reason) : {},
    });
  }

  #refusal(profileId: string, rule: string): NotAllowedError {
    return new NotAllowedError(
      refusalSentence({ rule, profileId, operators: this.#operators }),
    );
  }
}

function isClosed(profileId: string, why: string): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `${profileId} is closed at the moment: ${why}`,
  );
}

/** In words: "the e-mail address or the annotation okta.com/login". */
function describeFields({
  email,
  annotations = [],
}: NonNullable<JitProvider['subjectFields']>): string {
  return [
    ...(email ? ['the e-mail address'] : []),
    ...annotations.map(name => `the annotation ${name}`),
  ].join(' or ');
}
