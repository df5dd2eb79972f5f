import { InputError } from '@backstage/errors';
import { RequestHandler } from 'express';
import { Schema } from '../schema/shapes';

/**
 * Refuses a body with a property that the document does not know, by its name: the validator only says that there is one.
 */
export function nameUnknownProperties(
  paths: Record<string, Schema>,
): RequestHandler {
  const bodies = Object.entries(paths).flatMap(([path, operations]) => {
    const schema = bodySchema(operations.post as Schema | undefined);
    return schema ? [{ pattern: patternOf(path), schema }] : [];
  });
  return (req, _res, next) => {
    const body =
      req.method === 'POST' &&
      bodies.find(({ pattern }) => pattern.test(req.path));
    const unknown = body && findUnknown(body.schema, req.body, []);
    next(unknown ? new InputError(`There is no field ${unknown}`) : undefined);
  };
}

function bodySchema(operation: Schema | undefined): Schema | undefined {
  const { content } = (operation?.requestBody ?? {}) as {
    content?: Record<string, { schema: Schema }>;
  };
  return content?.['application/json'].schema;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`);
}

function findUnknown(
  schema: Schema,
  value: unknown,
  path: Array<string | number>,
): string | undefined {
  if (Array.isArray(value)) {
    const items = schema.items as Schema | undefined;
    return (
      items &&
      first(value.entries(), ([index, item]) =>
        findUnknown(items, item, [...path, index]),
      )
    );
  }
  const properties = schema.properties as Record<string, Schema> | undefined;
  if (!properties || typeof value !== 'object' || value === null) {
    return undefined;
  }
  return first(Object.entries(value), ([key, item]) =>
    Object.hasOwn(properties, key)
      ? findUnknown(properties[key], item, [...path, key])
      : [...path, key].join('.').slice(0, 200),
  );
}

function first<T, R>(
  items: Iterable<T>,
  find: (item: T) => R | undefined,
): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
