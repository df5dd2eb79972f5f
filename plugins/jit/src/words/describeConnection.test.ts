import { mockApis } from '@backstage/test-utils';
import { ConnectionHealth } from '@backstage-jit/plugin-jit-common';
import { jitTranslationRef, Translate } from '../translation';
import { describeConnection } from './describeConnection';

const { t } = mockApis
  .translation()
  .getTranslation(jitTranslationRef) as unknown as { t: Translate };

it('has words of its own for each state of a connection', () => {
  const words: Record<ConnectionHealth['state'], string> = {
    ok: 'works',
    paused: 'paused',
    down: 'does not answer',
    missing: 'is no longer in the config',
    repointed: 'is now another system than the one its leases are on',
    unhealthy: 'answers, but is not as it should be',
  };
  for (const [state, expected] of Object.entries(words)) {
    expect(
      describeConnection(t, { state: state as ConnectionHealth['state'] }, 0),
    ).toBe(expected);
  }
});
