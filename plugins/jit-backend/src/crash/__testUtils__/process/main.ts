import { ArmedKill } from './ArmedKill';
import { createCrashBackend } from './createCrashBackend';
import { Order, Report } from './protocol';

/** A backend process of the crash tests: loads everything, then waits to be told to start, so that a restart is quick. */
const kill = new ArmedKill();

function report(message: Report): void {
  process.send!(message);
}

async function start(order: Order & { type: 'start' }): Promise<void> {
  kill.arm(order.arm);
  const { backend, port } = createCrashBackend({ config: order.config, kill });
  await backend.start();
  report({ type: 'ready', port: port() });
}

process.on('message', (order: Order) => {
  if (order.type === 'arm') {
    kill.arm(order.point);
    report({ type: 'armed' });
  } else {
    start(order).catch(error => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    });
  }
});
// Nobody is left behind by a parent that dies.
process.once('disconnect', () => process.exit());
report({ type: 'warm' });
