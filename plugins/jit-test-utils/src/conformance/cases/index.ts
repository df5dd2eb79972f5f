import { ConformanceCase } from '../ConformanceCase';
import { activityCases } from './activity';
import { crashCases } from './crash';
import { credentialCases } from './credentials';
import { declaredCases } from './declared';
import { expiryCases } from './expiry';
import { failureCases } from './failure';
import { giveUpCases } from './giveUp';
import { keepCases } from './keep';
import { lagCases } from './lag';
import { lateCases } from './late';
import { lifeCases } from './life';
import { ownershipCases } from './ownership';
import { presentCases } from './present';
import { secretCases } from './secrets';
import { sharedCases } from './shared';

/**
 * Every case of the kit, in the order in which they run.
 *
 * @public
 */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  ...declaredCases,
  ...lifeCases,
  ...credentialCases,
  ...expiryCases,
  ...activityCases,
  ...sharedCases,
  ...ownershipCases,
  ...presentCases,
  ...keepCases,
  ...failureCases,
  ...crashCases,
  ...lateCases,
  ...lagCases,
  ...giveUpCases,
  ...secretCases,
];
