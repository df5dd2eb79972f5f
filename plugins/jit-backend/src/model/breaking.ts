import { Decision } from '../leases/advance';
import { EntitlementView } from '../leases/records';
import { Configuration } from './Configuration';
import { CONFIGURATIONS } from './configurations';
import { Rules, RULES } from './Rules';

/** A rule broken on purpose, and what must come to light. */
export interface DeliberateFault {
  name: string;
  /** The promise that the model says is broken. */
  invariant: string;
  configuration: Configuration;
  rules: Rules;
}

/** The configuration of a name. */
export function named(name: string): Configuration {
  const found = CONFIGURATIONS.find(each => each.name === name);
  if (!found) {
    throw new Error(`There is no configuration "${name}"`);
  }
  return found;
}

/** The rules with another decision in place of `advance`. */
export function deciding(
  decide: (...args: Parameters<Rules['advance']>) => Decision,
): Rules {
  return { ...RULES, advance: decide };
}

/** A decision that writes something else on the entitlement. */
export function withEntitlement(
  decision: Decision,
  change: Partial<EntitlementView['entitlement']>,
): Decision {
  const { view } = decision;
  return {
    ...decision,
    view: { ...view, entitlement: { ...view.entitlement, ...change } },
  };
}
