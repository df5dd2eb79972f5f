import { CALLS } from './calls';
import { RestBench } from './RestBench';

/** The answer to each call of a caller about a new lease; for `leases` whether they see it when it is not an error. */
export async function answersOf(
  bench: RestBench,
  caller: string,
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [call, make] of Object.entries(CALLS)) {
    const request = await bench.putRequest();
    const lease = await bench.put({
      requestId: request,
      protectMaximumMs: 86_400_000,
    });
    const { status, body: answer } = await make(bench, caller, {
      lease: lease.id,
      request,
    });
    answers[call] =
      call === 'leases' && status === 200
        ? answer.items.filter(({ id }: { id: string }) => id === lease.id)
            .length
        : status;
    await bench.change(lease.id, { state: 'revoked' });
  }
  return answers;
}
