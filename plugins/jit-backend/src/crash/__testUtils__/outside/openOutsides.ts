import { testPostgres } from '../CrashLedger';
import { Door } from './Door';
import { Outside } from './Outside';
import { OutsideAws } from './OutsideAws';
import { OutsideOkta } from './OutsideOkta';
import { OutsidePostgres } from './OutsidePostgres';
import { OutsideScaffolder } from './OutsideScaffolder';

/** Every real system that runs here. */
export async function openOutsides(door: Door): Promise<Outside[]> {
  return await Promise.all([
    OutsidePostgres.open(testPostgres()),
    OutsideOkta.open(door),
    OutsideAws.open(door),
    OutsideScaffolder.open(door),
  ]);
}

/** What of a backend's config is about them. */
export function configOf(outsides: Outside[]): Outside['config'] {
  const configs = outsides.map(({ config }) => config);
  return {
    ...Object.assign({}, ...configs),
    connections: Object.assign({}, ...configs.map(each => each.connections)),
    profiles: configs.flatMap(({ profiles }) => profiles),
    bundles: configs.flatMap(({ bundles }) => bundles),
  };
}
