import { FakeVerb } from '@backstage-jit/plugin-jit-test-utils';
import { FailpointName } from '../../engine/Failpoint';
import { Operation } from '../../leases/records';

/** A place in the engine, as its failpoints name them. */
export interface EnginePoint {
  at: 'engine';
  name: FailpointName;
  operation?: Operation;
}

/** A statement on the ledger: just before it is sent, once it is sent and unanswered, or once its answer is there and nobody has seen it. */
export interface StatementPoint {
  at: 'statement';
  statement: 'write' | 'commit';
  moment: 'before' | 'sent' | 'answered';
}

/**
 * An exchange of a provider with its outside system: it has no effect, or takes effect and nobody hears of it, or takes effect later, when
 * another process may be at work already.
 */
export interface ExchangePoint {
  at: 'exchange';
  verb: FakeVerb;
  moment: 'before' | 'after' | 'late';
}

/** A request of a provider to a system that it reaches by HTTP, with the same effects. */
export interface RequestPoint {
  at: 'request';
  moment: ExchangePoint['moment'];
}

/** A statement of a provider on the PostgreSQL that it works on, at the same moments. */
export interface OutsidePoint {
  at: 'outside';
  moment: StatementPoint['moment'];
}

/** Some time after the work has begun, wherever the process is then. */
export interface TimePoint {
  at: 'time';
}

/** A kind of place to die at. */
export type KillPoint =
  | EnginePoint
  | StatementPoint
  | OutsidePoint
  | ExchangePoint
  | RequestPoint
  | TimePoint;

/** One that the process itself finds; the others are found from outside. */
export type InsidePoint = EnginePoint | StatementPoint | OutsidePoint;

/** At which of the times that the point is reached. */
export type Occurring<TPoint> = TPoint & { occurrence: number };

export function isInside(
  point: Occurring<KillPoint>,
): point is Occurring<InsidePoint> {
  return ['engine', 'statement', 'outside'].includes(point.at);
}

/** For a line of a report. */
export function describePoint(point: Occurring<KillPoint>): string {
  const words = (() => {
    switch (point.at) {
      case 'engine':
        return [point.name, point.operation];
      case 'statement':
        return [point.statement, point.moment];
      case 'exchange':
        return [point.verb, point.moment];
      case 'outside':
      case 'request':
        return [point.moment];
      default:
        return [];
    }
  })();
  return [point.at, ...words, `#${point.occurrence}`].filter(Boolean).join(' ');
}
