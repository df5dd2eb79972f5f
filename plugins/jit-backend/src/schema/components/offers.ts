import {
  array,
  described,
  flag,
  integer,
  kind,
  money,
  object,
  ref,
  Schema,
  text,
} from '../shapes';

const offeredDuration = object({
  required: {
    defaultMs: integer,
    maximumMs: integer,
    choicesMs: array(integer),
  },
});

const offeredReason = object({
  required: { required: flag },
  optional: { example: text },
});

const offeredExtension = object({
  required: { maximumMs: integer, times: integer },
});

/** What can be asked for. */
export const offerSchemas: Record<string, Schema> = {
  ProfileOffer: object({
    required: {
      profileId: text,
      title: text,
      provider: text,
      kind,
      duration: offeredDuration,
      reason: offeredReason,
      automatic: flag,
    },
    optional: {
      entityRef: described(
        text,
        'What it would be on; given while the catalog does not answer',
      ),
      description: text,
      extension: offeredExtension,
      idle: object({
        required: { afterMs: integer },
        optional: { warnMs: integer },
      }),
      protect: object({ required: { maximumMs: integer } }),
      keep: described(
        object({ required: { forMs: integer } }),
        'How long a closed last copy of it stays after its end',
      ),
      price: object({
        required: { perHour: money, currency: text },
        optional: { baselineMs: integer },
      }),
      budget: object({ required: { maximum: money } }),
      parameters: array(
        object({ required: { name: text }, optional: { choices: array({}) } }),
      ),
      approval: described(
        array(object({ required: { rule: text, count: integer } })),
        'Who decides when it is not granted at once',
      ),
      context: described(
        array(text),
        'The context sources that can grant it at once all the same',
      ),
      hours: described(
        object({ required: { timezone: text, windows: array(text) } }),
        'When it can be leased',
      ),
      breakGlass: described(
        object({ required: { reviewWithinMs: integer } }),
        'The caller may go in without approval, in an emergency',
      ),
      onBehalf: described(
        object({ required: { consent: flag } }),
        'The caller may ask for others',
      ),
      refusal: described(text, 'The rule that keeps the caller out'),
      closed: described(text, 'Why nobody can use it at the moment'),
      residual: text,
    },
  }),
  BundleOffer: object({
    required: {
      bundleId: text,
      title: text,
      duration: offeredDuration,
      reason: offeredReason,
      automatic: flag,
      parts: array(ref('ProfileOffer')),
    },
    optional: {
      description: text,
      extension: offeredExtension,
      refusal: described(text, 'The rule that keeps the caller out'),
      closed: described(text, 'Why nobody can use it at the moment'),
    },
  }),
};
