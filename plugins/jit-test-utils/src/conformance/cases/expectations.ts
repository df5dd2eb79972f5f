import { JitProviderError } from '@backstage-jit/plugin-jit-node';
import { ErrorClass } from '@backstage-jit/plugin-jit-common';
import assert from 'node:assert/strict';
import { Ability, isApplicable } from '../ConformanceHarness';

/** What a call was refused with. Fails when it was not refused. */
export async function refusal(
  what: string,
  call: Promise<unknown>,
): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    return error;
  }
  return assert.fail(
    `${what} should have failed, and answered ${JSON.stringify(answer)}`,
  );
}

export async function assertClassified(
  what: string,
  call: Promise<unknown>,
  ...classes: ErrorClass[]
): Promise<JitProviderError> {
  const error = await refusal(what, call);
  if (!JitProviderError.is(error)) {
    return assert.fail(
      `${what} failed with something else than a JitProviderError: ${error}`,
    );
  }
  assert.ok(
    classes.includes(error.class),
    `${what} failed as ${error.class}, expected ${classes.join(' or ')}: ${
      error.message
    }`,
  );
  return error;
}

/** An ability that `applies` has made sure of. */
export function ability<T extends object>(given: Ability<T>): T {
  assert.ok(isApplicable(given));
  return given;
}
