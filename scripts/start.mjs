// `npm start`: the whole demonstration, from nothing to the sign-in page.
import { join } from 'node:path';
import { DATA_DIR } from './lib/checkout.mjs';
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';
import { demoPorts } from './lib/ports.mjs';
import { say } from './lib/say.mjs';

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });

  // What it imports has to be installed first.
  const { startDemo } = await import('./lib/demo.mjs');
  const demo = await startDemo({
    dataDir: DATA_DIR,
    ports: demoPorts(),
    signal,
  });
  say(`\nThe portal is ready: ${demo.url}`);
  say(`Ctrl-C ends everything. Logs: ${join(DATA_DIR, 'logs')}\n`);

  const told = new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(undefined));
  });
  const failure = await Promise.race([demo.failed, told]);
  say(failure ? `\n✗ ${failure.message}` : 'Ending …');
  await demo.stop();
  say('Everything has ended.');
  return failure ? 1 : 0;
});
