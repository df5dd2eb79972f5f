import { jitLeaseRules } from '@backstage-jit/plugin-jit-node';
import { LeaseRuleset } from '../rights/LeaseConditions';

/** The rules as the registry has them. */
export const LEASE_RULES: LeaseRuleset = {
  getRuleByName: name => {
    const rule = Object.values(jitLeaseRules).find(each => each.name === name);
    if (!rule) {
      throw new Error(`There is no rule ${name}`);
    }
    return rule as ReturnType<LeaseRuleset['getRuleByName']>;
  },
};
