import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { Template } from './Scaffolder';

const object = z.record(z.string(), z.unknown());

const templateSchema = z.object({
  apiVersion: z.literal('scaffolder.backstage.io/v1beta3'),
  kind: z.string().regex(/^template$/i),
  spec: z.object({
    parameters: z.union([z.array(object), object]).optional(),
    secrets: z.object({ schema: object.optional() }).optional(),
    steps: z.array(object).default([]),
  }),
});

/** @returns undefined for an entity that the scaffolder does not take for a template */
export function readTemplate(entity: Entity): Template | undefined {
  const { success, data } = templateSchema.safeParse(entity);
  if (!success) {
    return undefined;
  }
  const { parameters = [], secrets, steps } = data.spec;
  return {
    entity,
    parameters: [parameters].flat() as JsonObject[],
    secrets: secrets?.schema as JsonObject | undefined,
    steps: steps as JsonObject[],
  };
}
