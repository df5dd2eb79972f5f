import { anyObject, Schema } from '../shapes';

/** What a call that fails answers. */
export const errorSchemas: Record<string, Schema> = {
  Error: {
    type: 'object',
    properties: { error: anyObject, request: anyObject, response: anyObject },
    required: ['error'],
    additionalProperties: true,
  },
};
