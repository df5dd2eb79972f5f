import { validate } from 'jsonschema';
import { isFromTrustedLocation } from '@backstage-jit/plugin-jit-node';
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
  trustedLocations: string[];
}): string | undefined {
  const { ref, template, values } = options;
  const problem = trustProblem(options);
  if (!template || problem) {
    return problem;
  }
  if (needsSecrets(template)) {
    return `Template ${ref} uses secrets of the person who starts it. A teardown runs by itself and has none`;
  }
  for (const page of template.parameters) {
    const [misfit] = validate(values, page).errors;
    if (misfit) {
      return isAboutMark(misfit.argument)
        ? `Template ${ref} allows no parameter ${MARK}, which every teardown is given: let it through`
        : `Template ${ref} does not take these values: ${misfit.property.replace(
            /^instance/,
            'values',
          )} ${misfit.message}`;
    }
  }
  return undefined;
}

/** Why nothing that is called so may run, in words: it is not there, or came from elsewhere. */
export function trustProblem(options: {
  ref: string;
  template: Template | undefined;
  trustedLocations: string[];
}): string | undefined {
  const { ref, template, trustedLocations } = options;
  if (!template) {
    return `There is no template ${ref} in the catalog`;
  }
  const { entity } = template;
  return isFromTrustedLocation({ entity, trustedLocations })
    ? undefined
    : `Template ${ref} of the catalog comes from elsewhere than the trusted locations of the ceiling`;
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
