import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { trustedLocationProblem } from '@backstage-jit/plugin-jit-node';
import { z } from 'zod';
import { urlProblem } from './verifyUrl';

/** A whole ref, so that what the ceiling names is what runs. */
const templateRef = z.string().refine(isTemplateRef, {
  message: 'must be a whole ref such as template:default/remove-preview',
});

const trustedLocation = z.string().superRefine((value, issues) => {
  const message = trustedLocationProblem(value);
  if (message) {
    issues.addIssue({ code: 'custom', message });
  }
});

/** The settings of a connection of type `scaffolder`, without the engine's own keys. */
export const connectionSchema = z.strictObject({
  /** Names nothing, allows nothing. */
  ceiling: z
    .strictObject({
      templates: z.array(templateRef).default([]),
      /** Where the templates come from: one of the same name from elsewhere does not run. */
      trustedLocations: z.array(trustedLocation).default([]),
      hosts: z.array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/)).default([]),
    })
    .refine(
      ({ templates, trustedLocations }) =>
        templates.length === 0 || trustedLocations.length > 0,
      {
        path: ['trustedLocations'],
        message:
          'must name where the templates come from: whoever can register one of the same name would decide what runs',
      },
    )
    .default({ templates: [], trustedLocations: [], hosts: [] }),
  /** Which portal it is; `backend.baseUrl` when not given. */
  address: z.string().min(1).optional(),
});

export const paramsSchema = z.strictObject({
  teardown: templateRef,
  values: z
    .record(
      z.string().regex(/^[A-Za-z_]\w*$/),
      z.union([z.string(), z.number(), z.boolean()]),
    )
    .default({}),
  verify: z
    .union([
      z.strictObject({ template: templateRef }),
      z.strictObject({
        url: z.string().superRefine((url, issues) => {
          const message = urlProblem(url);
          if (message) {
            issues.addIssue({ code: 'custom', message });
          }
        }),
      }),
    ])
    .optional(),
});

export type ScaffolderConnection = z.infer<typeof connectionSchema>;
export type TemplateParams = z.infer<typeof paramsSchema>;

/** What is kept between two steps. */
export interface TemplateHandle {
  v: 1;
  /** Whether the teardown was found to be one that can run. */
  registered?: boolean;
  /** Which run of the teardown it is: the first, or another one after one that did not do. */
  attempt?: number;
  /** The task of that run. */
  teardown?: string;
  /** The task that looks whether it is gone. */
  look?: string;
  /** Whether that run is over, so that the next one would be another. */
  over?: boolean;
}

function isTemplateRef(ref: string): boolean {
  try {
    return (
      /^template:[^/]+\/.+$/.test(ref) &&
      stringifyEntityRef(parseEntityRef(ref)) === ref
    );
  } catch {
    return false;
  }
}
