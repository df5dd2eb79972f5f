import { seededRandom } from '@backstage-jit/plugin-jit-test-utils';
import { Batch } from './Batch';
import { planBatch } from './planBatch';
import { runProgram } from './runProgram';
import { Site } from './Site';

/** Has a process do all that one does, and end by itself: what was compiled for that is written then, for all that come after it. */
async function main(): Promise<void> {
  const site = await Site.open({ ledger: 'postgres' });
  try {
    const process = await site.start();
    const { prepare, signIn } = site;
    const plan = planBatch({ name: 'compile', random: seededRandom(1) });
    await new Batch({ plan, prepare, signIn }).drive(process);
    await site.atRest(process);
    await process.end();
  } finally {
    await site.close();
  }
}

runProgram(main);
