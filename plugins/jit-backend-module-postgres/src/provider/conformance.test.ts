import { describeProviderConformance } from '@backstage-jit/plugin-jit-test-utils';
import { FaultySessions } from '../__testUtils__/FaultySessions';
import { PostgresStage } from '../__testUtils__/PostgresStage';
import { createRoleHarness } from '../__testUtils__/createRoleHarness';
import { SecondCluster } from '../__testUtils__/SecondCluster';
import { PostgresRoleProvider } from './PostgresRoleProvider';

let stage: PostgresStage;
let second: SecondCluster;
const sessions = new FaultySessions();

beforeAll(async () => {
  stage = await PostgresStage.create();
  second = await SecondCluster.start();
}, 60_000);

afterAll(async () => {
  await second?.stop();
  await stage?.strike();
}, 60_000);

describeProviderConformance({
  name: 'postgres.role',
  provider: () =>
    PostgresRoleProvider.create({ openSession: sessions.factory }),
  harness: createRoleHarness({
    stage: () => stage,
    second: () => second,
    sessions,
  }),
});
