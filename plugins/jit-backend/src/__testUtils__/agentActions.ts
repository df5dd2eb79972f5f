import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { JsonObject } from '@backstage/types';
import { credentialsOf } from './callers';

/** What actions answer: each one some of it. */
export interface ActionOutput {
  lease: { id: string; requestId: string; state: string };
  leases?: Array<{ id: string }>;
  waitsFor?: string;
}

/** Of the errors that actions end with. */
const STATUSES: Record<string, number> = {
  InputError: 400,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
};

/** Has an agent of the caller's do an action: its output, and the status that an error would be. */
export async function invokeAction(
  actions: ReturnType<typeof actionsRegistryServiceMock>,
  options: { caller: string; name: string; input: object },
): Promise<{ status: number; output?: ActionOutput }> {
  const { caller, name, input } = options;
  try {
    const { output } = await actions.invoke({
      id: `test:${name}`,
      input: input as JsonObject,
      credentials: credentialsOf(caller),
    });
    return { status: 200, output: output as unknown as ActionOutput };
  } catch (error) {
    return { status: STATUSES[(error as Error).name] };
  }
}
