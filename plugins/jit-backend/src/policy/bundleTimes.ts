import { BundleTimes } from './Bundle';
import { ExtensionRules, Profile } from './Profile';

/**
 * How long a bundle may last: what its first part says, within what every part allows. It is extended when every part can be, no more often and no
 * later than any of them.
 *
 * @param parts - at least one, the first one first
 */
export function bundleTimes(parts: Profile[]): BundleTimes {
  const [{ durations }] = parts;
  const maximumMs = least(parts.map(part => part.durations.maximumMs));
  return {
    durations: {
      maximumMs,
      defaultMs: Math.min(durations.defaultMs, maximumMs),
      choicesMs: durations.choicesMs.filter(choice => choice <= maximumMs),
    },
    extension: extensionOf(parts, maximumMs),
  };
}

/**
 * Whatever a part may last by itself counts from the maximum of all.
 */
function extensionOf(
  parts: Profile[],
  maximumMs: number,
): ExtensionRules | undefined {
  const extensible = parts.flatMap(({ durations, extension }) =>
    extension
      ? { ...extension, lasts: durations.maximumMs + extension.maximumMs }
      : [],
  );
  if (extensible.length < parts.length) {
    return undefined;
  }
  const lasts = least(extensible.map(each => each.lasts));
  const approved = extensible.flatMap(({ byApprovalMs, lasts: own }) =>
    byApprovalMs === undefined
      ? []
      : { byApprovalMs, until: own + byApprovalMs },
  );
  const never = approved.some(({ byApprovalMs }) => byApprovalMs === 0);
  return {
    times: least(extensible.map(each => each.times)),
    maximumMs: lasts - maximumMs,
    ...(approved.length && {
      byApprovalMs: never
        ? 0
        : least(approved.map(({ until }) => until)) - lasts,
    }),
  };
}

function least(numbers: number[]): number {
  return Math.min(...numbers);
}
