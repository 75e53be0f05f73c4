import * as z from 'zod';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema | boolean;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/**
 * Every field that a request's schema knows, as dotted paths: `messages[].content[].text`. Shapes that stand side by
 * side share their fields, and what a caller's own schema holds is no field of ours.
 */
export function fieldsOf(schema: z.ZodType): string[] {
  return [...new Set(walk(toJson(schema), '').map(({ field }) => field))].sort();
}

/** Those that take null, and nothing else, in every shape that has them. */
export function fieldsNeverTaken(schema: z.ZodType): string[] {
  const found = walk(toJson(schema), '');
  const taken = new Set(found.filter(({ inner }) => !isNullOnly(inner)).map(({ field }) => field));
  return fieldsOf(schema).filter((field) => !taken.has(field));
}

const toJson = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', reused: 'inline', unrepresentable: 'any' }) as Schema;

const isNullOnly = ({ type, anyOf }: Schema): boolean => type === 'null' || anyOf?.every(isNullOnly) === true;

interface Found {
  field: string;
  inner: Schema;
}

function walk(schema: Schema, path: string): Found[] {
  const { properties = {}, items, prefixItems = [], anyOf = [], oneOf = [], allOf = [] } = schema;
  const named = Object.entries(properties).flatMap(([name, inner]) => {
    const field = path === '' ? name : `${path}.${name}`;
    return [{ field, inner }, ...walk(inner, field)];
  });
  const listed = typeof items === 'object' ? [items, ...prefixItems] : prefixItems;
  return [
    ...named,
    ...listed.flatMap((inner) => walk(inner, `${path}[]`)),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((inner) => walk(inner, path)),
  ];
}
