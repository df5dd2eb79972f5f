import { awsSts, awsStsOnMoto } from './awsSts.mjs';
import { oktaGroup } from './oktaGroup.mjs';
import { postgresDatabase } from './postgresDatabase.mjs';
import { postgresRole } from './postgresRole.mjs';
import { scaffolderTemplate } from './scaffolderTemplate.mjs';

/** Which tests speak for which provider, by the command that runs them: each has a table of its own. */
export const SUITES = {
  'npm test': [
    postgresRole,
    postgresDatabase,
    oktaGroup,
    awsSts,
    scaffolderTemplate,
  ],
  'npm run test:peers': [awsStsOnMoto],
};

/** The files of tests that the cells of a suite name. */
export function filesOf(command) {
  return [
    ...new Set(
      SUITES[command]
        .flatMap(({ cells }) => Object.values(cells))
        .flatMap(({ tests = [] }) => tests)
        .map(({ file }) => file),
    ),
  ];
}
