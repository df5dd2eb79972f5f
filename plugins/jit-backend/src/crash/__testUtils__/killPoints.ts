import { FakeVerb } from '@backstage-jit/plugin-jit-test-utils';
import { FailpointName } from '../../engine/Failpoint';
import { Operation } from '../../leases/records';
import {
  EnginePoint,
  ExchangePoint,
  KillPoint,
  OutsidePoint,
  RequestPoint,
  StatementPoint,
} from './KillPoint';

export const OPERATIONS: Operation[] = [
  'eligibility',
  'look-before',
  'grant',
  'extend',
  'mint',
  'revoke',
  'inspect',
];

const AROUND_ALL: FailpointName[] = [
  'claimed',
  'before-commit',
  'outcome-committed',
];

const AROUND_CALLS: FailpointName[] = ['intent-committed', 'call-answered'];

/** Every failpoint of the engine, with every operation that it knows. */
export const ENGINE_POINTS: EnginePoint[] = [
  ...AROUND_ALL.map(name => ({ at: 'engine' as const, name })),
  ...OPERATIONS.flatMap(operation =>
    AROUND_CALLS.map(name => ({ at: 'engine' as const, name, operation })),
  ),
];

export const STATEMENT_POINTS: StatementPoint[] = (
  ['write', 'commit'] as const
).flatMap(statement =>
  (['before', 'sent', 'answered'] as const).map(moment => ({
    at: 'statement' as const,
    statement,
    moment,
  })),
);

const CHANGES: FakeVerb[] = [
  'put',
  'remove',
  'setExpiry',
  'setSecret',
  'endSessions',
  'startRequest',
];

const LOOKS: FakeVerb[] = ['get', 'getRequest', 'listSessions'];

export const EXCHANGE_POINTS: ExchangePoint[] = [
  ...CHANGES.flatMap(verb =>
    (['before', 'after', 'late'] as const).map(moment => ({
      at: 'exchange' as const,
      verb,
      moment,
    })),
  ),
  ...LOOKS.map(verb => ({
    at: 'exchange' as const,
    verb,
    moment: 'after' as const,
  })),
];

/** Where something on a PostgreSQL is leased: each statement of making it and of taking it back. */
export const OUTSIDE_POINTS: OutsidePoint[] = (
  ['before', 'sent', 'answered'] as const
).map(moment => ({ at: 'outside' as const, moment }));

export const REQUEST_POINTS: RequestPoint[] = (
  ['before', 'after', 'late'] as const
).map(moment => ({ at: 'request' as const, moment }));

/** Where real systems are worked on. */
export const REAL_POINTS: KillPoint[] = [
  ...OUTSIDE_POINTS,
  ...REQUEST_POINTS,
  ...STATEMENT_POINTS.filter(({ statement }) => statement === 'commit'),
  { at: 'time' },
];

/** All that the fake world has: a long run goes through the list again and again. */
export const KILL_POINTS: KillPoint[] = [
  ...ENGINE_POINTS,
  ...STATEMENT_POINTS,
  ...EXCHANGE_POINTS,
  { at: 'time' },
  { at: 'time' },
];

/** How often a point is surely reached while one batch of leases is worked on, or after. */
export function timesReached(point: KillPoint): number {
  switch (point.at) {
    case 'engine':
      return point.operation === 'mint' ? 1 : 3;
    case 'exchange':
      return point.verb === 'setSecret' || point.verb === 'startRequest'
        ? 1
        : 3;
    case 'statement':
      return point.statement === 'write' ? 60 : 30;
    case 'outside':
      return 240;
    case 'request':
      return 60;
    default:
      return 1;
  }
}

/** How often a point is reached whatever else happens. */
export function surelyReached(point: KillPoint): number {
  return point.at === 'outside' ? 100 : 1;
}

/** Those that a process reaches which takes over what another has left. */
export const RECOVERY_POINTS: KillPoint[] = [
  ...ENGINE_POINTS.filter(
    ({ operation }) =>
      operation === undefined ||
      operation === 'revoke' ||
      operation === 'inspect',
  ),
  ...STATEMENT_POINTS,
  ...EXCHANGE_POINTS.filter(({ verb }) => verb === 'remove'),
  { at: 'time' },
  { at: 'time' },
];

/** Those where real systems are worked on. */
export const REAL_RECOVERY_POINTS: KillPoint[] = [
  ...OUTSIDE_POINTS,
  ...REQUEST_POINTS,
  { at: 'time' },
];

/** How often one of these is reached. */
export function timesReachedAgain(point: KillPoint): number {
  switch (point.at) {
    case 'outside':
      return 60;
    case 'request':
      return 8;
    case 'time':
      return 1;
    default:
      return 2;
  }
}
