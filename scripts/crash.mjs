// `npm run crash -- --kills 300 --seed 7 [--real] [--weather] [--lagging]`: kills backend processes of the jit plugin at every failpoint, and looks whether all is well after.
import { main } from './lib/main.mjs';
import { runCrashes } from './lib/run-crashes.mjs';

await main(signal => runCrashes('cli.ts', { signal }));
