import { Entity } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  LeaseKind,
  OfferedParameter,
  ProfileOffer,
} from '@backstage-jit/plugin-jit-common';
import { ApprovalDecision, contextSourcesOf, decideApproval } from './approval';
import { decideBreakGlass, decideEligibility } from './eligibility';
import { decideOnBehalf } from './onBehalf';
import { ExtensionRules, ParameterSlot, PeopleRule, Profile } from './Profile';
import { describeRule, describeRules, Subject } from './rules';

/**
 * Why somebody cannot have a profile, and who could change that: for people to read.
 */
export function refusalSentence(options: {
  /** From a decision about eligibility or approval. */
  rule: string;
  profileId: string;
  operators: PeopleRule[];
}): string {
  const { rule, profileId, operators } = options;
  const keepers =
    operators.map(describeRule).join(' and ') || 'who runs this portal';
  return `${rule}. Who is in which group and who owns what is kept in the catalog; the rules of ${profileId} are kept by ${keepers}.`;
}

/**
 * What a profile offers to one person on one target.
 */
export function describeOffer(options: {
  profile: Profile;
  kind: LeaseKind;
  subject: Subject;
  target?: Entity;
  operators: PeopleRule[];
  /** Why nobody can use it at the moment. */
  closed?: string;
  /** Resolves the profile for the target, and throws as ProfileRegistry.pin does. */
  pin: () => unknown;
}): ProfileOffer {
  const { profile, subject, target, operators } = options;
  const question = { profile, subject, target };
  const approval = decideApproval(question);
  const rule = refusedBy({ ...options, approval });
  const onBehalf = decideOnBehalf({ profile, asker: subject, target });
  const { durations, reason, extension, idle, protect, price, budget, keepMs } =
    profile;
  return {
    profileId: profile.id,
    title: profile.title,
    description: profile.description,
    provider: profile.provider,
    kind: options.kind,
    duration: durations,
    reason: { required: reason.required, example: reason.example },
    extension: offeredExtension(extension),
    hours: profile.hours,
    idle,
    protect,
    keep: keepMs === undefined ? undefined : { forMs: keepMs },
    price,
    budget,
    parameters: parametersOf(profile.slots),
    automatic: approval.by === 'rule',
    approval:
      approval.by === 'people'
        ? approval.steps.map(({ approvers, count }) => ({
            rule: describeRules(approvers),
            count,
          }))
        : undefined,
    context: approval.by === 'rule' ? undefined : contextOf(profile),
    breakGlass:
      profile.breakGlass && decideBreakGlass(question).eligible
        ? { reviewWithinMs: profile.breakGlass.reviewWithinMs }
        : undefined,
    onBehalf: onBehalf.allowed ? { consent: onBehalf.consent } : undefined,
    refusal:
      rule && refusalSentence({ rule, profileId: profile.id, operators }),
    closed: options.closed,
  };
}

/** What is moved at once. */
export function offeredExtension(
  rules: ExtensionRules | undefined,
): ProfileOffer['extension'] {
  return rules && { maximumMs: rules.maximumMs, times: rules.times };
}

function contextOf({ approval }: Profile): string[] | undefined {
  const names = contextSourcesOf(approval);
  return names.length ? names : undefined;
}

/** A parameter that fills several slots can only take what all of them allow. */
function parametersOf(slots: ParameterSlot[]): OfferedParameter[] | undefined {
  const parameters = new Map<string, OfferedParameter>();
  for (const { from, path, allow } of slots) {
    if (from !== 'parameters') {
      continue;
    }
    const name = path[0];
    const known = parameters.get(name)?.choices;
    const choices = 'values' in allow ? allow.values : undefined;
    parameters.set(name, {
      name,
      choices:
        known && choices
          ? known.filter(value => choices.includes(value))
          : known ?? choices,
    });
  }
  return parameters.size ? [...parameters.values()] : undefined;
}

function refusedBy(options: {
  profile: Profile;
  subject: Subject;
  target?: Entity;
  approval: ApprovalDecision;
  pin: () => unknown;
}): string | undefined {
  const { approval, pin } = options;
  const eligibility = decideEligibility(options);
  if (!eligibility.eligible) {
    return eligibility.rule;
  }
  if (approval.by === 'nobody') {
    return approval.rule;
  }
  return refusedByPin(pin);
}

/** What keeps a profile from being resolved for a target, whoever asks. */
export function refusedByPin(pin: () => unknown): string | undefined {
  try {
    pin();
    return undefined;
  } catch (error) {
    if (error instanceof NotAllowedError) {
      return error.message;
    }
    if (error instanceof InputError) {
      // Parameters that the requester has not sent yet are no refusal.
      return undefined;
    }
    throw error;
  }
}
