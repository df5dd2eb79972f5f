/** A JSON Schema, or a part of an OpenAPI document. */
export type Schema = { [key: string]: unknown };

/** An object that has these properties and no others. */
export function object(properties: {
  required?: Record<string, Schema>;
  optional?: Record<string, Schema>;
}): Schema {
  const { required = {}, optional = {} } = properties;
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

export function array(items: Schema, limits: Schema = {}): Schema {
  return { type: 'array', items, ...limits };
}

export function oneOf(...values: string[]): Schema {
  return { type: 'string', enum: values };
}

export function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

/** A schema by its name in `components`. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export const text: Schema = { type: 'string' };
/** What a person has to say. */
export const words: Schema = { type: 'string', minLength: 1, maxLength: 1000 };
/** The same where nothing is enough. */
export const fewWords: Schema = { type: 'string', maxLength: 1000 };
export const flag: Schema = { type: 'boolean' };
export const integer: Schema = { type: 'integer' };
export const instant: Schema = { type: 'string', format: 'date-time' };
/** A decimal number: money is no float. */
export const money: Schema = { type: 'string', pattern: '^\\d+\\.\\d{2,6}$' };
export const anyObject: Schema = {
  type: 'object',
  additionalProperties: true,
};
/** `30m`, `PT30M` or `{ minutes: 30 }`; the service says what is wrong with one. */
export const duration: Schema = {
  oneOf: [
    { type: 'string', maxLength: 100 },
    { type: 'object', additionalProperties: { type: 'number' } },
  ],
  description: 'Such as 30m, PT30M or { "minutes": 30 }',
};

/** Of a lease. */
export const kind = oneOf('access', 'infrastructure');
