import { mockServices } from '@backstage/backend-test-utils';
import { PendingRequests } from '../requests/approval/PendingRequests';
import { ADA, ask } from './approvalRules';
import { RestBench } from './RestBench';

/** Has somebody ask, which has to go well: the request with its leases. */
export async function made(
  bench: RestBench,
  body: object = ask('write'),
  caller: string = ADA,
) {
  const answer = await bench.post(caller, '/requests', body);
  expect(answer.status).toBe(201);
  return answer.body;
}

/** Has somebody decide about a request: to approve what was first asked, unless given otherwise. */
export function decide(
  bench: RestBench,
  caller: string,
  id: string,
  more: object = {},
) {
  return bench.post(caller, `/requests/${id}/decisions`, {
    decision: 'approve',
    revision: 1,
    ...more,
  });
}

/** The requests that somebody can decide about now. */
export async function waitingFor(
  bench: RestBench,
  caller: string,
): Promise<string[]> {
  const { body } = await bench.get(caller, '/requests?waitingFor=me');
  return body.items.map(({ id }: { id: string }) => id);
}

/** What becomes of requests while nobody decides. */
export function pendingOf({ ledger, policy }: RestBench): PendingRequests {
  return new PendingRequests({
    ...policy,
    ledger,
    logger: mockServices.logger.mock(),
  });
}

/** Somebody is in no group any more. */
export function leave(bench: RestBench, ref: string): void {
  const person = bench.entities.find(
    ({ kind, metadata }) =>
      `${kind}:default/${metadata.name}`.toLowerCase() === ref,
  )!;
  person.relations = [];
}
