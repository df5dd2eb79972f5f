import { describeProviderConformance } from '@backstage-jit/plugin-jit-test-utils';
import { createDatabaseHarness } from '../__testUtils__/createDatabaseHarness';
import { DatabaseStage } from '../__testUtils__/DatabaseStage';
import { FaultySessions } from '../__testUtils__/FaultySessions';
import { SecondCluster } from '../__testUtils__/SecondCluster';
import { PostgresDatabaseProvider } from './PostgresDatabaseProvider';

let stage: DatabaseStage;
let second: SecondCluster;
const sessions = new FaultySessions();

beforeAll(async () => {
  stage = await DatabaseStage.create();
  second = await SecondCluster.start();
}, 60_000);

afterAll(async () => {
  await second?.stop();
  await stage?.strike();
}, 300_000);

describeProviderConformance({
  name: 'postgres.database',
  // Some cases make and drop more than a hundred databases: a minute where nothing else runs, and many where the processors are shared.
  timeoutMs: 1_800_000,
  provider: () =>
    PostgresDatabaseProvider.create({ openSession: sessions.factory }),
  harness: createDatabaseHarness({
    stage: () => stage,
    second: () => second,
    sessions,
  }),
});
