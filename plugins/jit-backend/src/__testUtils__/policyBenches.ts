import { PermissionsService } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { DENY, FOR_HER_LEASE, FOR_OTHERS, framework } from './framework';
import { RestBench } from './RestBench';

/** Benches under policies of the permission framework. To be called once in a file, where its tests are described. */
export function createPolicyBenches() {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const benchWith = async (permissions: PermissionsService) =>
    await RestBench.create(await databases.init('SQLITE_3'), {
      permissions,
    });
  const benches = {} as Record<
    'denied' | 'fulfilled' | 'unfulfilled',
    RestBench
  >;

  beforeAll(async () => {
    benches.denied = await benchWith(framework(DENY));
    benches.fulfilled = await benchWith(FOR_HER_LEASE);
    benches.unfulfilled = await benchWith(FOR_OTHERS);
  });

  return { benchWith, benches };
}
