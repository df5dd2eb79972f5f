import {
  FakeCall,
  FakeEffect,
  FakeRequest,
  FakeSession,
  FakeThing,
} from '@backstage-jit/plugin-jit-test-utils';
import { CrashWorld } from '../CrashWorld';
import { Outside } from '../outside/Outside';

/** All that a test looks at outside. */
export interface OutsideState {
  things: FakeThing[];
  sessions: FakeSession[];
  requests: FakeRequest[];
  calls: FakeCall[];
  effects: FakeEffect[];
}

/** @param others - what there is besides the fake world */
export async function readOutside(
  world: CrashWorld,
  others: Outside[] = [],
): Promise<OutsideState> {
  const looks = await Promise.all(others.map(other => other.look()));
  return {
    things: [...(await world.things()), ...looks.flatMap(look => look.things)],
    sessions: [
      ...(await world.sessions()),
      ...looks.flatMap(look => look.sessions),
    ],
    requests: await world.requests(),
    calls: await world.calls(),
    effects: [
      ...(await world.effects()),
      ...looks.flatMap(look => look.effects),
    ],
  };
}
