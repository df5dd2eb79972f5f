import { signalConnection } from '../database/operations/connections/signalConnection';
import { ConnectionFacts } from '../database/operations/engine/Turn';
import { Ledger } from '../database/Ledger';
import { Decision } from '../leases/advance';

/** Tells the ledger what the outcome of a call says about its connection, with the newest of the leases' errors; that it works only while it recovers. */
export async function signalOf(
  { connection: signal, view }: Decision,
  { recovering }: ConnectionFacts,
  options: { ledger: Ledger; connection: string; probeEveryMs: number },
): Promise<void> {
  if (!signal || (signal.type === 'works' && !recovering)) {
    return;
  }
  const message = view.leases
    .map(lease => lease.lastError)
    .sort((a, b) => (b?.at ?? 0) - (a?.at ?? 0))
    .at(0)?.message;
  const { ledger, connection, probeEveryMs } = options;
  await signalConnection(ledger, {
    connection,
    signal,
    probeEveryMs,
    message,
  });
}
