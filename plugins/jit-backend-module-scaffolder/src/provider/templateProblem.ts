import { validate } from 'jsonschema';
import { JsonObject } from '@backstage/types';
import { Template } from '../scaffolder';
import { MARK } from './mark';

/** `secrets.x` in a template expression; those of the environment are not the person's. */
const PERSONAL_SECRETS =
  /\$\{\{(?:(?!\}\}).)*(?<!environment\.)\bsecrets\s*[.[]/s;

/**
 * Why a template cannot run as our own service with these values, in words; undefined when it can.
 */
export function templateProblem(options: {
  ref: string;
  /** Undefined when the catalog has none. */
  template: Template | undefined;
  /** With our mark. */
  values: JsonObject;
}): string | undefined {
  const { ref, template, values } = options;
  if (!template) {
    return `There is no template ${ref} in the catalog`;
  }
  if (needsSecrets(template)) {
    return `Template ${ref} uses secrets of the person who starts it. A teardown runs by itself and has none`;
  }
  for (const page of template.parameters) {
    const [problem] = validate(values, page).errors;
    if (problem) {
      return isAboutMark(problem.argument)
        ? `Template ${ref} allows no parameter ${MARK}, which every teardown is given: let it through`
        : `Template ${ref} does not take these values: ${problem.property.replace(
            /^instance/,
            'values',
          )} ${problem.message}`;
    }
  }
  return undefined;
}

function needsSecrets({ secrets, steps }: Template): boolean {
  return (
    (secrets !== undefined && !validate({}, secrets).valid) ||
    PERSONAL_SECRETS.test(JSON.stringify(steps))
  );
}

function isAboutMark(argument: unknown): boolean {
  return argument === MARK;
}
