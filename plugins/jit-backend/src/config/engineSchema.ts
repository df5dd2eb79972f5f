import { z } from 'zod';
import { DEFAULT_ENGINE_SETTINGS, EngineSettings } from './EngineSettings';
import { duration, wholeNumber } from './scalars';

/** `jit.engine`: what is not given is as in DEFAULT_ENGINE_SETTINGS. */
export const engineSchema = z
  .strictObject({
    tick: duration.optional(),
    capacity: wholeNumber({ minimum: 1, maximum: 10_000 }).optional(),
    claimLife: duration.optional(),
    claimRenewal: duration.optional(),
    callTimeout: duration.optional(),
    catalogTimeout: duration.optional(),
    mintTimeout: duration.optional(),
    backoffMin: duration.optional(),
    backoffMax: duration.optional(),
    stuckAfterAttempts: wholeNumber({ minimum: 1, maximum: 1_000 }).optional(),
    stuckAfter: duration.optional(),
    probeEvery: duration.optional(),
    outsideMargin: duration.optional(),
    checkpointEvery: duration.optional(),
  })
  .transform((given, ctx): EngineSettings => {
    const usual = DEFAULT_ENGINE_SETTINGS;
    const settings: EngineSettings = {
      tickMs: given.tick ?? usual.tickMs,
      capacity: given.capacity ?? usual.capacity,
      claimLifeMs: given.claimLife ?? usual.claimLifeMs,
      claimRenewalMs: given.claimRenewal ?? usual.claimRenewalMs,
      callTimeoutMs: given.callTimeout ?? usual.callTimeoutMs,
      catalogTimeoutMs: given.catalogTimeout ?? usual.catalogTimeoutMs,
      mintTimeoutMs: given.mintTimeout ?? usual.mintTimeoutMs,
      backoffMinMs: given.backoffMin ?? usual.backoffMinMs,
      backoffMaxMs: given.backoffMax ?? usual.backoffMaxMs,
      stuckAfterAttempts: given.stuckAfterAttempts ?? usual.stuckAfterAttempts,
      stuckAfterMs: given.stuckAfter ?? usual.stuckAfterMs,
      probeEveryMs: given.probeEvery ?? usual.probeEveryMs,
      outsideMarginMs: given.outsideMargin ?? usual.outsideMarginMs,
      checkpointEveryMs: given.checkpointEvery ?? usual.checkpointEveryMs,
    };
    // One renewal may be lost without the claim being lost.
    if (settings.claimRenewalMs * 2 >= settings.claimLifeMs) {
      ctx.addIssue({
        code: 'custom',
        path: ['claimRenewal'],
        message: 'must be less than half of claimLife',
      });
    }
    if (settings.backoffMinMs > settings.backoffMaxMs) {
      ctx.addIssue({
        code: 'custom',
        path: ['backoffMin'],
        message: 'must not be longer than backoffMax',
      });
    }
    return settings;
  });
