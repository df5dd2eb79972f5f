import { NotAllowedError } from '@backstage/errors';
import { readRules } from '../database/operations/profiles/readRules';
import { Ledger } from '../database/Ledger';
import { LeaseRecord } from '../leases/records';
import { CallOutcome } from '../leases/CallOutcome';
import {
  EligibilityChecker,
  isSameProfile,
  outsideHours,
  ParameterSlot,
} from '../policy';
import { EngineOptions } from './DefaultJitEngine';
import { OutsideSystems } from './OutsideSystems';
import { parametersFromParts } from './parametersFromParts';

/**
 * Makes the call that asks, just before a grant, whether the subject may have it: by the rules that the lease was made under, by the catalog of
 * now, by what operators have stopped, and by what the earlier parts of its bundle turned out to be.
 */
export function eligibilityCall(options: {
  ledger: Ledger;
  checker: Pick<EligibilityChecker, 'check'>;
  systems: Pick<OutsideSystems, 'resolve'>;
}): EngineOptions['checkEligibility'] {
  const { ledger, checker, systems } = options;
  return async (lease, _signal, otherParts = []) => {
    const { now, pinned, stop } = await readRules(ledger, lease);
    if (stop) {
      return refused(`Stopped by an operator: ${stop.why}`);
    }
    if (!pinned) {
      return refused('The rules that it was asked under are not kept any more');
    }
    const { hours } = pinned;
    const outside = outsideHours({ hours, from: now, until: now });
    if (outside) {
      return refused(`${pinned.title} ${outside}`);
    }
    const { subject, entityRef, breakGlass } = lease;
    const answer = await checker.check({
      pinned,
      subject,
      entityRef,
      breakGlass,
      needsProfile: lease.subjectProfile !== undefined,
    });
    switch (answer.outcome) {
      case 'eligible':
        if (
          lease.subjectProfile &&
          !isSameProfile({
            pinned: lease.subjectProfile,
            profile: answer.subject.profile,
          })
        ) {
          return refused(
            `The e-mail address or account names of ${subject} in the catalog have changed since this was asked for: ask again`,
          );
        }
        return eligible(lease, otherParts, pinned.partSlots, systems);
      case 'ineligible':
        return refused(answer.rule);
      case 'gone':
        return {
          operation: 'eligibility',
          verdict: {
            eligible: false,
            rule: `${subject} is not in the catalog any more`,
            gone: true,
          },
        };
      default:
        return { failure: { class: 'connection', message: answer.reason } };
    }
  };
}

function eligible(
  lease: LeaseRecord,
  otherParts: readonly LeaseRecord[],
  slots: ParameterSlot[] | undefined,
  systems: Pick<OutsideSystems, 'resolve'>,
): CallOutcome {
  if (!slots?.length) {
    return { operation: 'eligibility', verdict: { eligible: true } };
  }
  try {
    const parameters = parametersFromParts({
      lease,
      slots,
      otherParts,
      systems,
    });
    return {
      operation: 'eligibility',
      verdict: { eligible: true, parameters },
    };
  } catch (error) {
    if (error instanceof NotAllowedError) {
      return refused(error.message);
    }
    throw error;
  }
}

function refused(rule: string): CallOutcome {
  return {
    operation: 'eligibility',
    verdict: { eligible: false, rule, gone: false },
  };
}
