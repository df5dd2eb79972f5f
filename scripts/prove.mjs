// `npm run prove [-- --episodes 10000 --seed 1]`: kills, cuts and faults at once, ten thousand times over; goes on where it was broken off.
import { main } from './lib/main.mjs';
import { runCrashes } from './lib/run-crashes.mjs';

await main(signal => runCrashes('proveCli.ts', { signal }));
