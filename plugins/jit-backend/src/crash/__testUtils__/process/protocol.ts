import { JsonObject } from '@backstage/types';
import { InsidePoint, Occurring } from '../KillPoint';

/** What a backend process is told by its parent. */
export type Order =
  | { type: 'start'; config: JsonObject; arm?: Occurring<InsidePoint> }
  /** Nothing is armed any more when there is no point. */
  | { type: 'arm'; point?: Occurring<InsidePoint> };

/** What it tells its parent. Other messages, of the loader for example, mean nothing. */
export type Report =
  /** Everything is loaded; it waits for `start`. */
  | { type: 'warm' }
  /** It serves. */
  | { type: 'ready'; port: number }
  | { type: 'armed' };
