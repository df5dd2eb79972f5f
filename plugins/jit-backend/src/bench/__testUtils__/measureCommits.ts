import { Client } from 'pg';
import { round } from './figures';

const COMMITS = 300;

/** How long the disk takes to make one small write durable: every other figure stands on it. */
export async function measureCommits(
  server: string,
): Promise<{ p50: number; p99: number }> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('create table bench_commits (n int)');
    const times: number[] = [];
    for (let n = 0; n < COMMITS; n += 1) {
      const begun = performance.now();
      await client.query('insert into bench_commits values ($1)', [n]);
      times.push(performance.now() - begun);
    }
    await client.query('drop table bench_commits');
    times.sort((a, b) => a - b);
    const at = (share: number) => round(times[Math.floor(COMMITS * share)], 2);
    return { p50: at(0.5), p99: at(0.99) };
  } finally {
    await client.end();
  }
}
