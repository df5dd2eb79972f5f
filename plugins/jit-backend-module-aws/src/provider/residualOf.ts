import { StsParams } from './paramsSchema';
import { StsHandle } from './types';

function duration(seconds: number): string {
  return seconds % 3600 === 0
    ? `${seconds / 3600} h`
    : `${Math.round(seconds / 60)} min`;
}

const HEEDED =
  'AWS heeds an early end within seconds, and in rare cases within minutes.';
const OTHER_ROLES =
  'Sessions of other roles that were opened with the keys live to their own end.';

/** What will stay alive after the end. */
export function residualOf(options: {
  editable: boolean;
  /** In seconds. */
  keysFor: number;
  params: StsParams;
}): string {
  const { editable, keysFor, params } = options;
  return [
    editable
      ? HEEDED
      : `Keys cannot be ended early, as we may not edit the role: when the lease is, they work to their own end, at most ${duration(
          keysFor,
        )} after they were issued.`,
    ...(params.mayAssumeRoles ? [OTHER_ROLES] : []),
  ].join(' ');
}

/** What may stay alive of a lease that is over; undefined when nothing can. */
export function leftOf(options: {
  handle: StsHandle | undefined;
  params: StsParams;
}): string | undefined {
  const { handle, params } = options;
  const lines = [
    ...(handle?.deniedAt === undefined ? [] : [HEEDED]),
    ...(params.mayAssumeRoles && handle?.keys ? [OTHER_ROLES] : []),
  ];
  return lines.length > 0 ? lines.join(' ') : undefined;
}
