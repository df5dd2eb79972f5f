import { JitProvider } from '@backstage-jit/plugin-jit-node';
import { Applicability, ConformanceSubject } from './ConformanceCase';
import { isApplicable } from './ConformanceHarness';

type AbilityName =
  | 'access'
  | 'sessions'
  | 'late'
  | 'rights'
  | 'secondSystem'
  | 'foreign'
  | 'standing'
  | 'rateLimit'
  | 'lag'
  | 'brokenList';

export function always(): Applicability {
  return true;
}

/** For a case in which no handle is known, though something may be outside. */
export function withoutHandle({
  provider,
}: Pick<ConformanceSubject, 'provider'>): Applicability {
  return provider.intendCredentials
    ? {
        because:
          'what may be out is committed as a handle before it can be there',
      }
    : true;
}

/** The harness must be able to do all of it, and the provider must have the method where one is named. */
export function needs(options: {
  abilities?: AbilityName[];
  method?: keyof JitProvider;
  shared?: boolean;
}): (subject: ConformanceSubject) => Applicability {
  return ({ provider, harness }) => {
    if (options.method && !provider[options.method]) {
      return { because: `the provider has no ${options.method}` };
    }
    if (options.shared !== undefined) {
      const shared = provider.entitlementKey !== undefined;
      if (options.shared && !shared) {
        return { because: 'leases do not share its things' };
      }
      if (!options.shared && shared) {
        return { because: 'leases share its things' };
      }
    }
    for (const name of options.abilities ?? []) {
      const ability = harness[name];
      if (!isApplicable(ability)) {
        return { because: ability.notApplicable };
      }
    }
    return true;
  };
}
