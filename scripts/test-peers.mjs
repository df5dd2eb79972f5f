// `npm run test:peers`: the tests that need peers which npm does not have. Further arguments go to Jest.
import { ensureInstall } from './lib/ensure-install.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { main } from './lib/main.mjs';
import { PEER_TESTS, runPeerTests } from './lib/peer-tests.mjs';
import { reportProviders } from './lib/providers/reportProviders.mjs';
import { say } from './lib/say.mjs';

await main(async signal => {
  await ensureNode();
  await ensureInstall({ signal });
  const args = process.argv.slice(2);
  const { problem, code, results } = await runPeerTests({ signal, args });
  if (problem) {
    say(`\n✗ ${problem}`);
    return process.env.CI ? 1 : 0;
  }
  // Of a part of the tests there is no whole table.
  const holds =
    args.length > 0 || reportProviders({ command: PEER_TESTS, results });
  return code || (holds ? 0 : 1);
});
