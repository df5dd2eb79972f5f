import { BundleOffer, ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { Bundle, BundleTimes } from './Bundle';
import { offeredExtension } from './offers';

/** What a bundle offers to one person, from what its parts offer to them: whatever keeps a part back keeps back the bundle. */
export function describeBundleOffer(options: {
  bundle: Bundle;
  times: BundleTimes;
  /** In the order of the bundle. */
  parts: ProfileOffer[];
}): BundleOffer {
  const { bundle, times, parts } = options;
  return {
    bundleId: bundle.id,
    title: bundle.title,
    description: bundle.description,
    duration: times.durations,
    extension: offeredExtension(times.extension),
    reason: {
      required: parts.some(({ reason }) => reason.required),
      example: parts.find(({ reason }) => reason.example)?.reason.example,
    },
    automatic: parts.every(({ automatic }) => automatic),
    refusal: parts.find(({ refusal }) => refusal)?.refusal,
    closed: parts.find(({ closed }) => closed)?.closed,
    parts,
  };
}
