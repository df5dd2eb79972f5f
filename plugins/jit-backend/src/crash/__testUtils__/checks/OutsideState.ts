import {
  FakeCall,
  FakeEffect,
  FakeRequest,
  FakeSession,
  FakeThing,
} from '@backstage-jit/plugin-jit-test-utils';
import { CrashWorld } from '../CrashWorld';

/** All that a test looks at outside. */
export interface OutsideState {
  things: FakeThing[];
  sessions: FakeSession[];
  requests: FakeRequest[];
  calls: FakeCall[];
  effects: FakeEffect[];
}

export async function readOutside(world: CrashWorld): Promise<OutsideState> {
  return {
    things: await world.things(),
    sessions: await world.sessions(),
    requests: await world.requests(),
    calls: await world.calls(),
    effects: await world.effects(),
  };
}
