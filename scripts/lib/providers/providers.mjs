import { oktaGroup } from './oktaGroup.mjs';
import { postgresRole } from './postgresRole.mjs';

/** Which tests speak for which provider. */
export const PROVIDERS = [postgresRole, oktaGroup];
