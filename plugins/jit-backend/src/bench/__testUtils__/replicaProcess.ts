import { BenchSite } from './BenchSite';

/** A process of its own that works on the database of a site until it is told to stop; then it tells how often it removed something. */
async function main(): Promise<void> {
  const [database, latencyMs, inFlight] = process.argv.slice(2);
  const site = BenchSite.join({
    database,
    latencyMs: Number(latencyMs),
    inFlight: Number(inFlight),
  });
  process.once('message', async () => {
    await site.close();
    process.send!({ removals: site.provider.removals() });
    process.disconnect!();
  });
  await site.engine.start(0);
}

main().catch(error => {
  process.stderr.write(`✗ A replica: ${error.message}\n`);
  process.exit(1);
});
